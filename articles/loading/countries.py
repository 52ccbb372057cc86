"""countries.csv, parties.csv and naps.csv."""

from pathlib import Path

from articles.languages import LANGUAGES
from articles.loading.saving import Columns, LoadReport, one_of, save, wanted
from articles.models import Country, NationalActionPlan, Party
from articles.rows import Row, read_table

_COUNTRIES: Columns = {
    "alpha2": ("code", Row.text),
    "alpha3": ("alpha3", Row.text),
    "m49": ("m49", Row.text),
    **{f"name_{language}": (f"name_{language}", Row.text) for language in LANGUAGES},
    "m49_region": ("m49_region", Row.text),
    "m49_region_code": ("m49_region_code", Row.text),
    "m49_subregion": ("m49_subregion", Row.text),
    "m49_subregion_code": ("m49_subregion_code", Row.text),
    "m49_intermediate_region": ("m49_intermediate_region", Row.text),
    "un_status": ("un_status", one_of(Country.UNStatus)),
    "un_regional_group": ("un_regional_group", Row.text),
    "ldc": ("is_ldc", Row.flag),
    "ldc_graduation_date": ("ldc_graduation_on", Row.date),
    "lldc": ("is_lldc", Row.flag),
    "sids": ("is_sids", Row.flag),
}
_PARTIES: Columns = {
    "country": ("country_id", Row.text),
    "status": ("status", one_of(Party.Status)),
    "signature_date": ("signed_on", Row.date),
    "consent_date": ("consent_on", Row.date),
    "consent_kind": ("consent_kind", one_of(Party.Consent)),
    "in_force_date": ("in_force_on", Row.date),
    "order_number": ("order_number", Row.whole_number),
    "as_of": ("as_of", Row.date),
    "source_url": ("source", Row.text),
    "cross_check_url": ("cross_check", Row.text),
    "note": ("note", Row.text),
}


def _date_as_text(row: Row, column: str) -> str:
    return str(row.partial_date(column) or "")


_PLANS: Columns = {
    "country": ("country_id", Row.text),
    "submission_year": ("submission_year", Row.whole_number),
    "published_by": ("published_by", _date_as_text),
    "language": ("language", Row.text),
    "source_url": ("source", Row.text),
    "official_page": ("official_page", Row.text),
    "note": ("note", Row.text),
}


def load_countries(directory: Path, report: LoadReport) -> None:
    """Load the countries, then what rests on them; see `articles.loading.load`."""
    countries = read_table(directory / "countries.csv", list(_COUNTRIES), key=["alpha2"])
    parties = read_table(directory / "parties.csv", list(_PARTIES), key=["country"])
    plans = read_table(directory / "naps.csv", list(_PLANS), key=["country", "language"])
    _check_countries({row.text("alpha2") for row in countries}, [*parties, *plans])

    save(report, Country, ["code"], [wanted(row, _COUNTRIES) for row in countries])
    save(report, Party, ["country_id"], [wanted(row, _PARTIES) for row in parties])
    plans_key = ["country_id", "language"]
    save(report, NationalActionPlan, plans_key, [wanted(row, _PLANS) for row in plans])


def _check_countries(known: set[str], rows: list[Row]) -> None:
    for row in rows:
        if (code := row.text("country")) not in known:
            raise row.error("country", f"“{code}” is not in countries.csv.")
