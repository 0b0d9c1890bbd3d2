"""记下台账有人看: the day alone, once a day and process, and of nobody by name."""

from datetime import date

from banjie.books.models import BookReading

_noted: dict[tuple[str, str], date] = {}


def note_reading(town: str, book_key: str, *, on: date) -> None:
    """记下台账有人看: note that a book was looked at on a day; a second look on it costs nothing."""
    if _noted.get((town, book_key)) == on:
        return
    BookReading.objects.update_or_create(town=town, book=book_key, defaults={"last_on": on})
    _noted[town, book_key] = on
