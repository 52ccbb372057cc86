"""The steps around submissions: members come and go, the secretariat changes what is published."""

from registry.actions import memberships
from registry.models import Membership
from tests.workflow import keeping
from tests.workflow.machine import Run
from tests.workflow.model import CONTRIBUTOR, FOCAL, OPEN, Organisation, Person, Published
from tests.workflow.nouns import WRITTEN
from tests.workflow.scene import ACTIONS, real_partner, real_record

ROLES = (FOCAL, CONTRIBUTOR)


class StepsAround(Run):
    """Members, and published records."""

    def a_partner(self, at: int) -> Organisation:
        """One of the partners, also of those that have become one meanwhile."""
        return self.recent(self.model.partners, at)

    def member(self, partner: Organisation, person: Person) -> Membership:
        """The membership itself."""
        user = self.scene.users[person.name]
        return Membership.objects.get(partner__slug=partner.slug, user=user)

    def add(self, by: str, pick: int, n: int, behind: int) -> None:
        """Make somebody a member."""
        partner, person = self.a_partner(pick), self.person(by, "administrator")
        new, role = self.recent(list(self.model.people.values()), n), ROLES[n % 2]
        self.step(
            keeping.add,
            person,
            partner,
            new,
            role,
            done=lambda: memberships.add(
                partner=real_partner(partner), user=self.user(new), role=role, by=self.user(person)
            ),
        )

    def change_role(self, by: str, pick: int, n: int, behind: int) -> None:
        """Up or down."""
        partner, role = self.a_partner(pick), ROLES[n % 2]
        whom = self.recent(list(partner.roles), n)
        person = self.person(by, partner.focal_points()[0])
        self.step(
            keeping.change_role,
            person,
            partner,
            whom,
            role,
            done=lambda: memberships.change_role(
                membership=self.member(partner, whom), role=role, by=self.user(person)
            ),
        )

    def remove(self, by: str, pick: int, n: int, behind: int) -> None:
        """End a membership."""
        partner = self.a_partner(pick)
        whom = self.recent(list(partner.roles), n)
        person = self.person(by, whom)
        self.step(
            keeping.remove,
            person,
            partner,
            whom,
            done=lambda: memberships.remove(
                membership=self.member(partner, whom), by=self.user(person)
            ),
        )

    def edit(self, by: str, pick: int, n: int, behind: int) -> None:
        """The secretariat changes a published record meanwhile."""
        record = self.recent(self.model.records, pick)
        names = (*WRITTEN[record.noun][:2], "areas")
        self._edit(by, record, names[n % 3], n, behind)

    def edit_the_same(self, by: str, pick: int, n: int, behind: int) -> None:
        """The secretariat changes what somebody proposes to change, if anybody does."""
        changes = [t for t in self.model.things if t.kind != "create" and t.status in OPEN]
        waiting = [thing for thing in changes if thing.status == "submitted"]
        if not changes:
            return
        thing = self.recent(waiting or changes, pick)
        names = [name for name in (*WRITTEN[thing.noun][:2], "areas") if name in thing.values]
        self._edit(by, thing.record, names[n % len(names)] if names else "areas", n, behind)

    def _edit(self, by: str, record: Published, name: str, n: int, behind: int) -> None:
        person, version = self.person(by, "editor"), record.version - behind
        word = f"Edited {self.word()}"
        values = {name: [self.scene.areas[n % 2].slug] if name == "areas" else word}
        self.step(
            keeping.edit,
            person,
            record,
            values,
            version,
            done=lambda: ACTIONS[record.noun].change(
                record=real_record(record), values=values, version=version, by=self.user(person)
            ),
            texts=(record.values, values),
        )

    def withdraw_record(self, by: str, pick: int, n: int, behind: int) -> None:
        """The secretariat withdraws a published record meanwhile, or brings it back."""
        is_back, reason = n % 3 > 0, "" if n % 7 == 0 else "Twice here."
        among = [record for record in self.model.records if record.noun != "partner"]
        among = [record for record in among if record.is_withdrawn == is_back] or among
        record, person = self.recent(among, pick), self.person(by, "editor")
        version = record.version - behind
        actions, user = ACTIONS[record.noun], self.user(person)
        given = {"record": real_record(record), "version": version, "by": user}
        if is_back:
            self.step(
                keeping.restore,
                person,
                record,
                version,
                done=lambda: actions.restore(**given),
            )
        else:
            self.step(
                keeping.withdraw,
                person,
                record,
                reason,
                version,
                done=lambda: actions.withdraw(**given, reason=reason),
            )
