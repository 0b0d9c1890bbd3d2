"""The export of each list, with the right of the list itself."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.desk.exports.books import export_book
from banjie.desk.exports.cases import export_cases
from banjie.desk.exports.enterprises import export_enterprises
from banjie.desk.exports.export import export_view
from banjie.desk.exports.office import export_office
from banjie.desk.exports.registers import export_houses, export_places, export_residents
from banjie.people.actions.staff import DEED as STAFF

book = never_cache(
    require_safe(
        export_view(
            export_book, deed="books.see_records", scope="visible_to, personal fields covered", at=now
        )
    )
)
cases = never_cache(
    require_safe(export_view(export_cases, deed="cases.list_cases", scope="visible_to", at=now))
)
enterprises = never_cache(
    require_safe(
        export_view(
            export_enterprises,
            deed="enterprises.find_enterprise",
            scope="the actor's villages, contacts covered",
            at=now,
        )
    )
)
houses = never_cache(
    require_safe(
        export_view(
            export_houses, deed="residents.find_resident", scope="the actor's villages, covered", at=now
        )
    )
)
office = never_cache(require_safe(export_view(export_office, deed=STAFF, scope="own town", at=now)))
places = never_cache(require_safe(export_view(export_places, deed="desk.use", scope="own town", at=now)))
residents = never_cache(
    require_safe(
        export_view(
            export_residents, deed="residents.find_resident", scope="the actor's villages, covered", at=now
        )
    )
)
