"""Snapshots: frozen states of the registry, to be cited and checked."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.languages import without_language
from registry.actions import snapshots
from registry.exchange.snapshots import statistics_in
from registry.exchange.snapshots.note import citation
from registry.models import Snapshot


def snapshot_list(request: HttpRequest) -> HttpResponse:
    """All snapshots, the newest first."""
    found = Snapshot.objects.order_by("-taken_on", "-pk")
    return render(request, "data/snapshots.html", {"snapshots": found})


def snapshot_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One snapshot: how to cite it, what is in it, its numbers with their method."""
    snapshot = get_object_or_404(Snapshot, key=key)
    # Cited under the one address that is the same in all languages.
    address = request.build_absolute_uri(without_language(snapshot.get_absolute_url()))
    context = {
        "snapshot": snapshot,
        "citation": citation(
            snapshot.title, snapshot.taken_on.isoformat(), snapshot.revision, address
        ),
        "counts": snapshot.counts,
        "statistics": statistics_in(_file_of(snapshot).read_bytes()),
    }
    return render(request, "data/snapshot.html", context)


def snapshot_file(request: HttpRequest, key: str) -> HttpResponse:
    """The file of a snapshot."""
    snapshot = get_object_or_404(Snapshot, key=key)
    path = _file_of(snapshot)
    name = f"mercury-partnership-registry-{snapshot.key}.zip"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response.headers["Content-Type"] = "application/zip"
    response.headers["ETag"] = f'"{snapshot.sha256}"'
    return response


def _file_of(snapshot: Snapshot):
    path = snapshots.path_of(snapshot)
    if not path.exists():
        raise Http404("The file of this snapshot is not on this machine.")
    return path
