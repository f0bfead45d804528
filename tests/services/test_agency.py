from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.errors import AlreadyThere, ChangedSince, Rejected
from eventrec.localized import Localized
from eventrec.models import Alias, Tombstone
from eventrec.services import agency as agencies
from eventrec.services import participation

if TYPE_CHECKING:
    from eventrec.book import Work


def test_a_code_is_taken_whatever_its_case(work: Work) -> None:
    make.agency(work.session, "NIA")
    with pytest.raises(AlreadyThere, match="The code NIA is taken by agency 1"):
        agencies.add(work.session, name=make.name("Another"), code="nia")


def test_the_same_name_is_not_entered_twice(work: Work) -> None:
    agencies.add(work.session, name=make.name("Ministry", "部"))
    with pytest.raises(AlreadyThere, match="taken by agency 1"):
        agencies.add(work.session, name=make.name("Ministry", "部"))


def test_a_name_in_one_language_is_enough_to_be_the_same(work: Work) -> None:
    agencies.add(work.session, name=make.name("European Union", "欧盟"))
    with pytest.raises(AlreadyThere, match="The name is taken by agency 1"):
        agencies.add(work.session, name=Localized(zh="欧盟"))


def test_a_longer_name_is_another_one(work: Work) -> None:
    agencies.add(work.session, name=make.name("European Union", "欧盟"))
    assert agencies.add(work.session, name=Localized(zh="欧盟委员会")).id == 2


def test_an_agency_cannot_stand_above_itself(work: Work) -> None:
    whole = make.agency(work.session, "EU")
    part = make.agency(work.session, "EC", parent_id=whole.id)
    with pytest.raises(Rejected, match="would stand above itself"):
        agencies.edit(work.session, whole.id, {"parent_id": part.id})


def test_a_renamed_agency_keeps_its_old_name_until_the_day_before(work: Work) -> None:
    row = agencies.add(work.session, name=make.name("Old Office", "旧办"))
    agencies.edit(work.session, row.id, {"name": make.name("New Office", "旧办")}, renamed_on=date(2024, 5, 1))
    kept = work.session.scalars(select(Alias)).all()
    assert [(alias.name, alias.language, alias.ends_on) for alias in kept] == [("Old Office", "en", date(2024, 4, 30))]


def test_an_agency_in_use_is_not_removed(work: Work) -> None:
    row = make.agency(work.session)
    event = make.event(work.session)
    participation.add(work.session, event_id=event.id, agency_id=row.id)
    with pytest.raises(Rejected, match=r"participants \(1\)"):
        agencies.remove(work.session, row.id)


def test_a_removed_agency_leaves_a_tombstone(work: Work) -> None:
    row = agencies.add(work.session, name=make.name("Ministry"), aliases=["MIN"])
    uid = row.uid
    agencies.remove(work.session, row.id)
    assert [(each.table_name, each.row_uid) for each in work.session.scalars(select(Tombstone))] == [("agency", uid)]


def test_search_finds_an_agency_by_every_name(work: Work) -> None:
    agencies.add(work.session, name=make.name("Ministry", "外交部"), code="MFA", aliases=["MoFA"])
    for needle in ("ministry", "外交", "mfa", "mofa"):
        assert len(work.reader.search(needle)) == 1, needle


def test_an_edit_that_expects_another_version_is_refused_and_says_who_was_faster(work: Work) -> None:
    row = make.agency(work.session)
    agencies.edit(work.session, row.id, {"side": "China"})
    with pytest.raises(
        ChangedSince, match=r"Agency 1 was changed by tester just now: side empty → “China” \(you: “EU”\)\."
    ):
        agencies.edit(work.session, row.id, {"side": "EU"}, if_version=1)
