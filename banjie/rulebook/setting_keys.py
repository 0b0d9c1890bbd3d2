"""Every setting that code asks for, by the name of its parameter; `check` reports one that no text names."""

from enum import StrEnum


class SettingKey(StrEnum):
    """The name of a setting; the comment of each says what code gets."""

    AMBER_SHARE = "clocks.amber_share"  # Fraction of the term after which a light turns amber
    MIRRORED_MARGIN = "clocks.mirrored_margin"  # Term by which ours is due before a given due time
    BACKDATING_SPAN = "entries.backdating_span"  # timedelta; told longer ago wants a reason
    LOCK_OUT_TRIES = "accounts.lock_out_tries"  # int
    LOCK_OUT_SPAN = "accounts.lock_out_span"  # timedelta
    OFFICE_ADDRESSES = "accounts.office_addresses"  # tuple of addresses that one person's failures never lock
    IDLE_TIME_OUT = "accounts.idle_time_out"  # timedelta
    PASSWORD_LENGTH = "accounts.password_length"  # noqa: S105  int of characters
    PASSWORD_LENGTH_WITH_SECOND = "accounts.password_length_with_second"  # noqa: S105  int of characters
    PIN_DIGITS = "accounts.pin_digits"  # int
    PIN_TRIES = "accounts.pin_tries"  # int
    PIN_LOCK_SPAN = "accounts.pin_lock_span"  # timedelta
    FILE_SIZE = "files.file_size"  # int of bytes
    FILES_PER_CASE = "files.per_case"  # int
    BYTES_PER_DAY = "files.bytes_per_person_and_day"  # int of bytes
    PIXELS = "files.pixels"  # int
    MEDIA_TYPES = "files.media_types"  # tuple of extensions taken in
    LIST_COUNT_LIMIT = "lists.count_limit"  # int; above it a list says 以上
    DUPLICATES_LOOK_BACK = "duplicates.look_back"  # timedelta within which cases are compared
    DUPLICATES_LIKENESS = (
        "duplicates.likeness"  # Fraction of likeness of texts from which on it may be the same
    )
    DUPLICATES_NEAR = "duplicates.likeness_near"  # Fraction where the person or the place is the same
    DUPLICATES_SHOWN = "duplicates.shown"  # int
    HOT_LIKENESS = "hot_topics.likeness"  # Fraction of likeness of titles that makes one topic
    HOT_LEAST = "hot_topics.least"  # int of cases that make a topic hot
    PROPOSAL_CERTAINTY = (
        "proposals.certainty"  # Fraction below which a proposed category is marked 请人工确认
    )
    BULK_MOST = "bulk.most"  # int of cases that one bulk deed takes
    BULK_UNDO_SPAN = "bulk.undo_span"  # timedelta within which it may be undone
    OWN_LABELS = "books.own_labels"  # tuple of labels of fields that name each record's own thing
    UNUSED_SPAN = "books.unused_span"  # timedelta without a record after which closing is proposed
    UNREAD_SPAN = "books.unread_span"  # timedelta without a reader after which closing is proposed
    DUE_TOLD_SPAN = "books.due_told_span"  # timedelta from when a date shows within which it is told
    GUESS_CHOICES = "books.guess_choices"  # int; a column with more different words is no choice
    GUESS_REPEATS = "books.guess_repeats"  # int; how often a word of a choice stands on average at least
    GUESS_MONEY = "books.guess_money"  # tuple of words of a head by which a column holds money
    NEW_KEPT = "books.new_kept"  # int of years that the records of a new book are kept until the town decides
    SMALL_BASE = "figures.small_base"  # int; a rate of a smaller base is marked
    DRAFT_KEEP = "drafts.keep"  # timedelta
    NOTICE_HOURS = "notices.hours"  # (time, time) within which messages leave the building
    NOTICE_PER_DAY = "notices.per_person_and_day"  # int of messages that one person gets, urgent ones apart
    NOTICE_PER_MINUTE = "notices.per_group_and_minute"  # int of messages that one group gets in a minute
    NOTICE_KINDS = "notices.kinds"  # tuple of labels of the kinds that leave the building
    NOTICE_KEEP = "notices.keep"  # timedelta
    OFFICE_MORNING = "office_hours.morning"  # (time, time)
    OFFICE_AFTERNOON = "office_hours.afternoon"  # (time, time)
