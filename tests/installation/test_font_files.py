"""Font files come from mirrors and folders, each with the checksum of the catalogue, or not at all."""

import hashlib
import io
import socket
import tarfile
import threading
from dataclasses import replace
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publisher.cli.main import main
from publisher.errors import FontMissingError
from publisher.installation import origins
from publisher.installation.debian_packages import read_members
from publisher.installation.font_files import install_files
from publisher.installation.plan import missing_files, required_names
from publisher.typeset.fonts.catalogue import FontFile, load_catalogue

ARCHIVE = "pool/main/f/fonts-sample/fonts-sample_1%2b1_all.deb"
MEMBER = "usr/share/fonts/{}"
CONTENT = {"A.otf": b"OTTO" + bytes(range(256)) * 40, "B.otf": b"OTTO b"}


def font_file(name, *, content=None, archive=ARCHIVE):
    data = CONTENT[name] if content is None else content
    return FontFile(
        name=name,
        package="fonts-sample",
        member=MEMBER.format(name),
        sha256=hashlib.sha256(data).hexdigest(),
        archive=archive,
    )


def debian_package(files, kind="xz"):
    def member(name, data):
        header = f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode()
        return header + data + b"\n" * (len(data) % 2)

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=f"w:{kind}") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(f"./{MEMBER.format(name)}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return (
        b"!<arch>\n"
        + member("debian-binary", b"2.0\n")
        + member("control.tar.xz", b"odd")
        + member(f"data.tar.{kind}", stream.getvalue())
    )


def no_report(*_):
    pass


@pytest.fixture
def mirror(tmp_path):
    """Serve a folder that has one package; yield the address and the folder."""
    root = tmp_path / "mirror"
    package = root / origins.urllib.parse.unquote(ARCHIVE)
    package.parent.mkdir(parents=True)
    package.write_bytes(debian_package(CONTENT))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", package
    server.shutdown()
    thread.join()
    server.server_close()


FILES = [font_file(name, archive=ARCHIVE.replace("%2b", "+")) for name in CONTENT]


def test_files_come_out_of_a_package_of_a_mirror(mirror, tmp_path):
    seen = []
    done = install_files(
        FILES, [mirror[0]], tmp_path / "fonts", lambda *values: seen.append(values)
    )
    assert (list(done.installed), done.lacking) == (FILES, ())
    assert {path.name: path.read_bytes() for path in (tmp_path / "fonts").iterdir()} == CONTENT
    size = mirror[1].stat().st_size
    assert seen[-1] == ("fonts-sample", size, size)


@pytest.mark.parametrize("name", ["fonts-sample_9_all.deb", "pool"])
def test_files_come_out_of_a_package_in_a_folder(name, mirror, tmp_path):
    folder = mirror[1].parents[4]
    if name != "pool":
        folder = tmp_path / "packages"
        folder.mkdir()
        (folder / name).write_bytes(mirror[1].read_bytes())
    done = install_files(FILES, [str(folder)], tmp_path / "fonts", no_report)
    assert list(done.installed) == FILES


def test_font_files_in_a_folder_are_copied(tmp_path):
    (tmp_path / "A.otf").write_bytes(CONTENT["A.otf"])
    (tmp_path / "B.otf").write_bytes(b"another font")
    done = install_files(FILES, [str(tmp_path)], tmp_path / "fonts", no_report)
    assert [file.name for file in done.installed] == ["A.otf"]
    assert [file.name for file in done.lacking] == ["B.otf"]
    assert [path.name for path in (tmp_path / "fonts").iterdir()] == ["A.otf"]


def test_a_file_of_another_content_is_never_installed(mirror, tmp_path):
    mirror[1].write_bytes(debian_package({**CONTENT, "B.otf": b"tampered"}))
    done = install_files(FILES, [mirror[0]], tmp_path / "fonts", no_report)
    assert [file.name for file in done.lacking] == ["B.otf"]
    assert not (tmp_path / "fonts" / "B.otf").exists()


def test_the_next_place_is_asked_where_one_cannot_help(mirror, tmp_path):
    mirrors = ["http://127.0.0.1:9", str(tmp_path / "none"), mirror[0]]
    assert install_files(FILES, mirrors, tmp_path / "fonts", no_report).lacking == ()
    with pytest.raises(FontMissingError, match=r"127\.0\.0\.1:9|reached") as caught:
        install_files(FILES, mirrors[:2], tmp_path / "other", no_report)
    assert "--from" in caught.value.hint


def answer_once(server):
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"SSH-2.0-example\r\n")
        connection.recv(1000)


def test_a_mirror_that_is_none_is_an_error_of_two_lines(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_once, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        for address in (f"http://127.0.0.1:{port}", "http://127.0.0.1:port"):
            with pytest.raises(FontMissingError, match="reached") as caught:
                install_files(FILES, [address], tmp_path, no_report)
            assert caught.value.hint


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_only_wanted_members_are_read(kind, tmp_path):
    package = tmp_path / "a.deb"
    package.write_bytes(debian_package(CONTENT, kind))
    assert read_members(package, [MEMBER.format("B.otf"), "usr/none"]) == {
        MEMBER.format("B.otf"): CONTENT["B.otf"]
    }


@pytest.mark.parametrize("cut", [0, 7, 40, 300])
def test_a_damaged_package_is_an_error_of_two_lines(cut, tmp_path):
    package = tmp_path / "a.deb"
    package.write_bytes(debian_package(CONTENT)[:cut])
    with pytest.raises(FontMissingError, match="Debian package") as caught:
        read_members(package, [MEMBER.format("B.otf")])
    assert caught.value.where == str(package)


def test_a_file_of_another_version_counts_as_missing(tmp_path):
    catalogue = load_catalogue()
    (tmp_path / "FandolFang-Regular.otf").write_bytes(b"OTTO")
    names = [file.name for file in missing_files(catalogue, [tmp_path])]
    assert "FandolFang-Regular.otf" in names
    assert required_names(catalogue) <= {*names}
    assert "DejaVuSans.ttf" not in names
    assert "DejaVuSans.ttf" in {f.name for f in missing_files(catalogue, [], optional=True)}


@pytest.mark.parametrize(("folder", "counts"), [("fonts", True), ("tab\there", False)])
def test_a_file_counts_where_publications_find_it(folder, counts, tmp_path):
    name = "FandolFang-Regular.otf"
    path = tmp_path / folder / name
    path.parent.mkdir()
    path.write_bytes(b"OTTO")
    catalogue = load_catalogue()
    file = replace(catalogue.files[name], sha256=sha256(b"OTTO").hexdigest())
    missing = missing_files(replace(catalogue, files={name: file}), [tmp_path])
    assert missing == (() if counts else (file,))


def test_every_file_of_the_catalogue_can_be_installed():
    catalogue = load_catalogue()
    described = {name for family in catalogue.families.values() for name in family.files}
    assert set(catalogue.files) <= described
    assert required_names(catalogue) <= set(catalogue.files)
    assert all(file.archive.startswith("pool/") for file in catalogue.files.values())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--all"], 2, "fonts install --all"),
        (["install", "--from", "/nowhere"], 2, "no folder"),
    ],
)
def test_mistakes(arguments, code, words, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("publisher.typeset.fonts.library.search_folders", lambda: (tmp_path,))
    assert main(["fonts", *arguments]) == code
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 2


def test_the_command_installs_what_is_missing(mirror, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("publisher.installation.plan.missing_files", lambda *_, **__: tuple(FILES))
    monkeypatch.setenv("PUBLISHER_FONTS", str(tmp_path / "fonts"))
    assert main(["fonts", "install", "--from", mirror[0]]) == 0
    assert (tmp_path / "fonts" / "A.otf").read_bytes() == CONTENT["A.otf"]
    assert "A.otf  installed" in capsys.readouterr().out
    monkeypatch.setattr("publisher.installation.plan.missing_files", lambda *_, **__: ())
    assert main(["fonts", "install"]) == 0
