from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.queries import entries_of, told
from banjie.ledger.verify import verify
from banjie.people import actions
from banjie.people.models import PinTries, Staff
from banjie.people.passwords import PasswordPolicy, PinPolicy
from banjie.people.rights import Role
from banjie.people.tests.factories import (
    FOUNDER,
    LONG_PASSWORD,
    MOMENT,
    OTHER_TOWN,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    acting,
    make_actor,
    make_device,
    make_post,
    make_staff,
    make_villages,
    stamp,
)

pytestmark = pytest.mark.django_db
POLICY = PasswordPolicy()
NEW_PASSWORD = "granite-willow-teapot"


def log_in(login, password):
    return authenticate(RequestFactory().post("/log-in"), username=login, password=password)


def set_own(person, password=NEW_PASSWORD, old=LONG_PASSWORD):
    actor = acting(person)
    return actions.set_password(
        actor, stamp(actor), staff_id=person.pk, password=password, policy=POLICY, old_password=old
    )


def test_someone_hired_has_an_account_an_entry_and_no_right():
    li = make_staff(login="LiMing", password=LONG_PASSWORD)
    assert (li.login, li.pinyin, li.initials, li.must_change_password) == ("liming", "liming", "lm", True)
    assert li.password.startswith("argon2$")
    assert [entry.deed for entry in entries_of(li)] == ["staff.hired"]
    assert acting(li).roles == frozenset()


def test_no_password_or_pin_enters_the_ledger():
    li = make_staff(password=LONG_PASSWORD)
    set_own(li)
    actions.set_pin(FOUNDER, stamp(), staff_id=li.pk, pin="2580")
    written = [
        column for entry in told(entries_of(li)) for columns in entry.rows.values() for column in columns
    ]
    assert not {"password", "pin", "last_login", "last_seen_at"} & set(written)
    assert not verify(TOWN).findings


def test_without_a_first_password_nobody_logs_in():
    make_staff(login="liming")
    assert log_in("liming", "") is None


def test_a_log_in_is_typed_in_any_case():
    li = make_staff(login="liming", password=LONG_PASSWORD)
    assert log_in(" LiMing", LONG_PASSWORD) == li


@pytest.mark.parametrize("login", ["", "a", "李明", "a b", "-ab", "x" * 41])
def test_a_log_in_that_cannot_be_is_refused(login):
    with pytest.raises(InvalidInput, match="登录名"):
        make_staff(login=login)


def test_a_log_in_belongs_to_one_person_in_all_towns():
    make_staff(login="liming")
    with pytest.raises(Conflict, match="已经有人"):
        make_staff(login="LIMING", town=OTHER_TOWN)


def test_a_first_password_is_held_to_the_policy():
    with pytest.raises(InvalidInput, match="至少要15个字符"):
        make_staff(password="short")


def test_the_same_form_twice_hires_once():
    ids = {
        actions.hire_staff(FOUNDER, stamp(client_key="k", content="a"), login="liming", name="李明").pk
        for _ in range(2)
    }
    assert len(ids) == 1


def test_a_device_names_its_village():
    make_villages()
    assert make_device().division_code == VILLAGE
    with pytest.raises(InvalidInput, match="哪个村"):
        make_staff(is_shared_device=True)
    with pytest.raises(NotFound):
        make_staff(division_code=f"{OTHER_TOWN}201")


def test_a_changed_name_is_found_by_its_new_letters():
    li = make_staff()
    actions.change_staff(FOUNDER, stamp(), staff_id=li.pk, name="黎明", work_phone="8881")
    li.refresh_from_db()
    assert (li.name, li.pinyin, li.work_phone) == ("黎明", "liming", "8881")


def test_one_s_own_password_wants_the_old_one_and_a_new_one():
    li = make_staff(login="liming", password=LONG_PASSWORD)
    with pytest.raises(InvalidInput, match="原密码不对"):
        set_own(li, old="wrong")
    with pytest.raises(InvalidInput, match="相同"):
        set_own(li, password=LONG_PASSWORD)
    set_own(li)
    li.refresh_from_db()
    assert not li.must_change_password
    assert log_in("liming", NEW_PASSWORD) == li
    assert log_in("liming", LONG_PASSWORD) is None


def test_a_password_set_by_the_administrator_must_be_changed():
    li = make_staff(password=LONG_PASSWORD)
    set_own(li)
    admin = make_actor(Role.ADMINISTRATOR, name="孙丽")
    actions.set_password(admin, stamp(admin), staff_id=li.pk, password="copper-lantern-pear", policy=POLICY)
    li.refresh_from_db()
    assert li.must_change_password


def test_a_colleague_sets_nobody_else_s_password_or_pin():
    li, wang = make_staff(), make_actor(Role.UNIT_HEAD, name="王芳")
    with pytest.raises(NotAllowed, match="自己"):
        actions.set_password(wang, stamp(wang), staff_id=li.pk, password=NEW_PASSWORD, policy=POLICY)
    with pytest.raises(NotAllowed, match="自己"):
        actions.set_pin(wang, stamp(wang), staff_id=li.pk, pin="2580")


def test_an_administrator_of_another_town_does_not_find_our_staff():
    li, zhao = make_staff(), make_actor(Role.ADMINISTRATOR, name="赵强", town=OTHER_TOWN)
    for act in (
        lambda: actions.deactivate(zhao, stamp(zhao), staff_id=li.pk),
        lambda: actions.set_pin(zhao, stamp(zhao), staff_id=li.pk, pin="2580"),
        lambda: actions.change_staff(zhao, stamp(zhao), staff_id=li.pk, name="改名", work_phone=""),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_changed_password_ends_every_session():
    """T14."""
    li = make_staff(login="liming", password=LONG_PASSWORD)
    client = Client()
    client.force_login(li, backend="banjie.people.backends.StaffBackend")
    assert _session_user(client) == li
    set_own(li)
    assert _session_user(client) is None


def test_a_disabled_account_is_refused_at_the_next_request():
    """T14."""
    li = make_staff(password=LONG_PASSWORD)
    client = Client()
    client.force_login(li, backend="banjie.people.backends.StaffBackend")
    actions.deactivate(FOUNDER, stamp(), staff_id=li.pk)
    assert _session_user(client) is None


def test_who_owns_something_is_not_disabled():
    """U50."""
    li = make_staff()
    make_post(a=li, title="民政岗")
    with pytest.raises(Conflict, match=r"A岗1项.*民政岗.*换人移交"):
        actions.deactivate(FOUNDER, stamp(), staff_id=li.pk)


def test_nobody_disables_himself_or_twice():
    admin = make_actor(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="自己"):
        actions.deactivate(admin, stamp(admin), staff_id=admin.id)
    li = make_staff()
    actions.deactivate(admin, stamp(admin), staff_id=li.pk)
    with pytest.raises(Conflict, match="已经停用"):
        actions.deactivate(admin, stamp(admin), staff_id=li.pk)
    actions.reactivate(admin, stamp(admin), staff_id=li.pk)
    with pytest.raises(Conflict, match="本来就在用"):
        actions.reactivate(admin, stamp(admin), staff_id=li.pk)
    assert Staff.objects.get(pk=li.pk).is_active


def test_last_seen_is_written_once_a_minute_at_most(django_assert_num_queries):
    li = make_staff()
    assert actions.touch_last_seen(li, at=MOMENT)
    with django_assert_num_queries(0):
        assert not actions.touch_last_seen(li, at=MOMENT + timedelta(seconds=59))
    assert actions.touch_last_seen(li, at=MOMENT + timedelta(seconds=60))
    stale = Staff.objects.get(pk=li.pk)
    stale.last_seen_at = None
    assert not actions.touch_last_seen(stale, at=MOMENT + timedelta(seconds=61))


def village_office():
    make_villages()
    li = make_staff(name="李明")
    make_post(Role.VILLAGE_CADRE, a=li, division_code=VILLAGE)
    actions.set_pin(FOUNDER, stamp(), staff_id=li.pk, pin="2580")
    return li, acting(make_device())


@pytest.mark.parametrize("by_name", [True, False])
def test_on_a_shared_device_name_and_pin_tell_who_acts(by_name):
    li, device = village_office()
    here = actions.identify("李 明" if by_name else li.pk, "2580", device=device, at=MOMENT)
    assert (here.id, here.name, here.device_id) == (li.pk, "李明", device.id)
    assert here.may("cases.reply_case")


def test_a_wrong_pin_and_an_unknown_name_are_refused_alike():
    _, device = village_office()
    with pytest.raises(NotAllowed) as wrong:
        actions.identify("李明", "2581", device=device, at=MOMENT)
    with pytest.raises(NotAllowed) as unknown:
        actions.identify("钱进", "2580", device=device, at=MOMENT)
    assert wrong.value.message == unknown.value.message


def test_someone_of_another_village_is_unknown_to_the_device():
    village_office()
    zhao = make_staff(name="赵强")
    make_post(Role.VILLAGE_CADRE, a=zhao, division_code=OTHER_VILLAGE)
    actions.set_pin(FOUNDER, stamp(), staff_id=zhao.pk, pin="7301")
    device = acting(Staff.objects.get(is_shared_device=True))
    with pytest.raises(NotAllowed, match="不对"):
        actions.identify("赵强", "7301", device=device, at=MOMENT)


def test_two_of_one_name_must_be_told_apart():
    li, device = village_office()
    other = make_staff(name="李明", division_code=VILLAGE)
    with pytest.raises(InvalidInput, match="同名"):
        actions.identify("李明", "2580", device=device, at=MOMENT)
    with pytest.raises(Conflict, match="还没有设办理码"):
        actions.identify(other.pk, "2580", device=device, at=MOMENT)
    assert actions.identify(li.pk, "2580", device=device, at=MOMENT)


def test_wrong_pins_wait_and_in_the_end_spoil_the_pin():
    li, device = village_office()
    policy = PinPolicy(tries=2, spoilt_after=3)

    def try_pin(pin, at):
        return actions.identify(li.pk, pin, device=device, at=at, policy=policy)

    for _ in range(2):
        with pytest.raises(NotAllowed, match="不对"):
            try_pin("0000", MOMENT)
    with pytest.raises(NotAllowed, match="请15分钟后再试"):
        try_pin("2580", MOMENT)
    with pytest.raises(NotAllowed, match="不对"):
        try_pin("0000", MOMENT + policy.wait)
    with pytest.raises(NotAllowed, match="作废"):
        try_pin("2580", MOMENT + policy.wait * 9)
    actions.set_pin(FOUNDER, stamp(), staff_id=li.pk, pin="7301")
    assert try_pin("7301", MOMENT + policy.wait * 9)


def test_a_right_pin_forgets_the_wrong_ones():
    li, device = village_office()
    with pytest.raises(NotAllowed):
        actions.identify(li.pk, "0000", device=device, at=MOMENT)
    actions.identify(li.pk, "2580", device=device, at=MOMENT)
    assert PinTries.objects.get(staff=li).failed_count == 0


def test_a_pin_does_not_set_pins_or_passwords():
    li, device = village_office()
    here = actions.identify(li.pk, "2580", device=device, at=MOMENT)
    with pytest.raises(NotAllowed, match="共用设备"):
        actions.set_pin(here, stamp(here), staff_id=li.pk, pin="7301")
    with pytest.raises(NotAllowed, match="只有村级共用设备"):
        actions.identify(li.pk, "2580", device=acting(li), at=MOMENT)


def _session_user(client):
    from django.contrib.auth import get_user

    request = RequestFactory().get("/")
    request.session = client.session
    user = get_user(request)
    return user if user.is_authenticated else None
