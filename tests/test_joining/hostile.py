"""Letters that somebody might send us, made by code: none may crash or hang what joins them.

A row is a maker and what has to come of it: the rule that refuses it, or the rules that warn.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import Maker, changed, letter, link, saved, with_bytes


def _encryption(**given: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda _pdf: None


def _form(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    widget = link(pdf)
    widget.Subtype, widget.FT, widget.T = Name.Widget, Name.Tx, String("name")
    for key, value in entries.items():
        widget[f"/{key}"] = value
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))
    return widget


def _signed(pdf: pikepdf.Pdf) -> None:
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String("x")))
    _form(pdf, FT=Name.Sig, V=signature)
    pdf.Root.AcroForm.SigFlags = 3


def _unsigned(pdf: pikepdf.Pdf) -> None:
    _form(pdf, FT=Name.Sig)


def _deeply_signed(pdf: pikepdf.Pdf) -> None:
    _signed(pdf)
    for _ in range(30):
        parent = pdf.make_indirect(Dictionary(T=String("p"), Kids=pdf.Root.AcroForm.Fields))
        pdf.Root.AcroForm.Fields = Array([parent])


def _certified(pdf: pikepdf.Pdf) -> None:
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String("x")))
    pdf.Root.Perms = Dictionary(DocMDP=signature)


def _dynamic(pdf: pikepdf.Pdf) -> None:
    _form(pdf)
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
    pdf.Root.NeedsRendering = True


def _static(pdf: pikepdf.Pdf) -> None:
    _form(pdf)
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def _no_pages(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(), Count=0))


def _many_pages() -> bytes:
    pdf = pikepdf.new()
    for _ in range(601):
        pdf.add_blank_page()
    return saved(pdf)


def _huge_count(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Count = 2**31


def _page_twice(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0])


def _pages_in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def _pages_by_doubling(pdf: pikepdf.Pdf) -> None:
    """A tree of 30 nodes that counts a thousand million pages."""
    node = pdf.Root.Pages
    for _ in range(30):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node, node]), Count=2))
    pdf.Root.Pages = node


def _deep_pages(pdf: pikepdf.Pdf) -> None:
    node = pdf.Root.Pages
    for _ in range(5000):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
    pdf.Root.Pages = node


def _plain_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array([Dictionary(Type=Name.Page), 3, Name.Page])


def _bomb(times: int) -> Callable[[pikepdf.Pdf], None]:
    """A page whose content unpacks to 270 million bytes, `times` over."""

    def change(pdf: pikepdf.Pdf) -> None:
        packer = zlib.compressobj(1)
        zeros = b" " * 10_000_000
        data = b"".join(packer.compress(zeros) for _ in range(27)) + packer.flush()
        for _ in range(times - 1):
            data = zlib.compress(data)
        stream = pikepdf.Stream(pdf, data)
        stream.Filter = Array([Name.FlateDecode] * times)
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)

    return change


def _lists_in_lists() -> bytes:
    """A page whose resources hold half a million lists, in 1,300 objects of 400 levels."""
    deep = [b"[" * 400 + b"1" + b"]" * 400 for _ in range(1300)]
    many = b" ".join(b"%d 0 R" % number for number in range(4, 1304))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Properties<</X[%s]>>>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return _written([b"<</Type/Catalog/Pages 2 0 R>>", pages, page % many, *deep])


def _written(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1."""
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places)
    trailer = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + table + trailer


def _top(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot.K


def _deep_tags(pdf: pikepdf.Pdf) -> None:
    at = _top(pdf)
    for _ in range(3000):
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=at))
        at.K = Array([*at.K, below]) if at == _top(pdf) else below
        at = below


def _circle_of_tags(pdf: pikepdf.Pdf) -> None:
    _top(pdf).K[0].K = Array([0, _top(pdf)])


def _own_kid(pdf: pikepdf.Pdf) -> None:
    paragraph = _top(pdf).K[1]
    paragraph.K = Array([1, paragraph])


def _circle_of_parents(pdf: pikepdf.Pdf) -> None:
    _top(pdf).P = _top(pdf).K[0]
    _top(pdf).K[0].P = _top(pdf).K[0]


def _direct_tags(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    _top(pdf).K = Array(
        [Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=each) for each in (0, 1)]
    )


def _set(path: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    """Set the entry at `path`, as `Root/StructTreeRoot/ParentTree`."""

    def change(pdf: pikepdf.Pdf) -> None:
        *way, last = path.split("/")
        at: Any = pdf.pages[0].obj if way and way[0] == "Page" else pdf.Root
        for step in way[1:]:
            at = at[int(step)] if step.isdigit() else at[f"/{step}"]
        if isinstance(at, Array):
            at[int(last)] = value
        else:
            at[f"/{last}"] = value

    return change


def _delete(path: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        *way, last = path.split("/")
        at: Any = pdf.pages[0].obj if way and way[0] == "Page" else pdf.Root
        for step in way[1:]:
            at = at[int(step)] if step.isdigit() else at[f"/{step}"]
        del at[f"/{last}"]

    return change


def _dangling(pdf: pikepdf.Pdf) -> None:
    link(pdf)
    del pdf.pages[0].obj["/Annots"]


def _object_of_nothing(pdf: pikepdf.Pdf) -> None:
    _top(pdf).K.append(Dictionary(Type=Name.OBJR))


def _roles(**roles: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        mapped = {f"/{key}": Name(f"/{value}") for key, value in roles.items()}
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(mapped)
        _top(pdf).K[1].S = Name(f"/{next(iter(roles))}")

    return change


def _circle_of_names(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(Dictionary())
    node.Kids = Array([node, node])
    pdf.Root.Names = Dictionary(Dests=node)


def _circle_of_bookmarks(pdf: pikepdf.Pdf) -> None:
    one, other = (pdf.make_indirect(Dictionary(Title=String(each))) for each in "ab")
    one.Next, other.Next, one.First, other.First = other, one, other, one
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=one, Last=other, Count=2**31))


def _deep_bookmarks(pdf: pikepdf.Pdf) -> None:
    at = pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    for _ in range(1000):
        at.First = pdf.make_indirect(Dictionary(Title=String("x"), Parent=at))
        at = at.First


def _action(kind: str, **entries: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: link(pdf, A=Dictionary(S=Name(f"/{kind}"), **entries))


def _next_action(pdf: pikepdf.Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.URI, URI=String("https://x.invalid")))
    action.Next = action
    link(pdf, A=action)


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"words"


def _script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    names = Array([String("x"), pdf.make_indirect(action)])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


def _same_fields(pdf: pikepdf.Pdf) -> None:
    first = _form(pdf)
    second = link(pdf)
    second.Subtype, second.FT, second.T = Name.Widget, Name.Tx, String("name")
    pdf.Root.AcroForm.Fields = Array([first, second])


def _fields_in_a_circle(pdf: pikepdf.Pdf) -> None:
    field = _form(pdf)
    field.Kids = Array([field])
    field.Parent = field


def _other_pages(pdf: pikepdf.Pdf) -> None:
    """A link to a page that is not in the tree of pages: it must not come along."""
    hidden = pdf.make_indirect(Dictionary(Type=Name.Page, Hidden=String("HIDDEN")))
    link(pdf, Dest=Array([hidden, Name.Fit]))
    _top(pdf).K[0].Pg = hidden


def _class_that_is_a_number(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(Look=3)
    _top(pdf).K[1].C = Name.Look


def _bookmarks_that_count_too_many(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    top.First = pdf.make_indirect(Dictionary(Title=String("x"), Parent=top))
    item = top.First.First = pdf.make_indirect(Dictionary(Title=String("y"), Count=2**62))
    item.Next = pdf.make_indirect(Dictionary(Title=String("z"), Count=2**62))


def _content_of_words(pdf: pikepdf.Pdf) -> None:
    """No mark is seen in it, so that each operator would have to be read."""
    pdf.pages[0].obj.Contents = String("no")


def _many_fields(pdf: pikepdf.Pdf) -> None:
    widget = _form(pdf)
    pdf.Root.AcroForm.Fields = Array([widget, *[0] * 50_000])


def _many_layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([0] * 50_001))


def _fields_in_place(pdf: pikepdf.Pdf) -> None:
    """Two fields that are no objects of their own: what both of them run stays behind."""
    widget = _form(pdf)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    fields = [Dictionary(T=String(name), AA=Dictionary(K=script)) for name in "ab"]
    parent = pdf.make_indirect(Dictionary(T=String("c"), Kids=Array([*fields, widget])))
    pdf.Root.AcroForm.Fields = Array([parent])


def _entities() -> bytes:
    pdf = letter()
    inner = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{inner}]><x>&a11;</x>'
    pdf.Root.Metadata = pdf.make_stream(text.encode())
    return saved(pdf)


_OWNER = pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(extract=False))
_USER = pikepdf.Encryption(owner="o", user="u")

REFUSED: dict[str, tuple[Maker, str]] = {
    "a password": (changed(_encryption(), encryption=_USER), "E001"),
    "an owner's password": (changed(_encryption(), encryption=_OWNER), "E002"),
    "signed": (changed(_signed), "E003"),
    "signed in a field deep down": (changed(_deeply_signed), "E003"),
    "certified": (changed(_certified), "E003"),
    "a dynamic form": (changed(_dynamic), "E004"),
    "a portfolio": (changed(_set("Root/Collection", Dictionary())), "E005"),
    "cut in the middle": (with_bytes(lambda data: data[: len(data) // 2]), "E006"),
    "cut at the end": (with_bytes(lambda data: data[:-30]), "E006"),
    "bytes lost from a stream": (with_bytes(lambda data: data.replace(b"BDC BT", b"BDC")), "E006"),
    "no catalogue": (with_bytes(lambda data: data.replace(b"/Root", b"/Toor")), "E006"),
    "no pages at all": (changed(_delete("Root/Pages")), "E006"),
    "nothing but a head": (lambda: b"%PDF-1.7\n", "E006"),
    "noise behind a head": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "E006"),
    "pages that are none": (changed(_plain_page), "E006"),
    "a page twice": (changed(_page_twice), "E006"),
    "pages in a circle": (changed(_pages_in_a_circle), "E006"),
    "pages by doubling": (changed(_pages_by_doubling), "E006"),
    "a box of words": (changed(_set("Page/MediaBox", Array([Name.a, 1, 2, 3]))), "E006"),
    "pages 5000 levels down": (changed(_deep_pages), "E006"),
    "a class of attributes that is a number": (changed(_class_that_is_a_number), "E006"),
    "bookmarks that count too many": (changed(_bookmarks_that_count_too_many), "E006"),
    "content that is words": (changed(_content_of_words), "E006"),
    "a type of tag that is no text": (
        with_bytes(lambda data: data.replace(b"/S /H1", b"/S /\xff1")),
        "E006",
    ),
    "50,001 fields": (changed(_many_fields), "E011"),
    "50,001 layers": (changed(_many_layers), "E011"),
    "an empty file": (lambda: b"", "E007"),
    "a web page": (lambda: b"<!doctype html><p>Not found", "E007"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 2000, "E007"),
    "no pages": (changed(_no_pages), "E008"),
    "601 pages": (_many_pages, "E009"),
    "61 MB": (lambda: b"%PDF-1.7\n" + b"\0" * 61_000_000, "E010"),
    "a bomb": (changed(_bomb(1)), "E011"),
    "a bomb in a bomb": (changed(_bomb(2)), "E011"),
    "lists in lists": (_lists_in_lists, "E011"),
    "tags 3000 levels down": (changed(_deep_tags), "E011"),
    "bookmarks 1000 levels down": (changed(_deep_bookmarks), "E011"),
}

JOINED: dict[str, tuple[Maker, set[str]]] = {
    "a sound letter": (changed(_encryption()), set()),
    "a field for a signature": (changed(_unsigned), set()),
    "a static form": (changed(_static), {"E016"}),
    "a key of a page that is no text": (
        with_bytes(lambda data: data.replace(b"/StructParents", b"/\xfftructParents")),
        set(),
    ),
    "fields written in place": (changed(_fields_in_place), {"E016"}),
    "content that is true": (
        changed(_set("Root/StructTreeRoot/K/K/1/K", True)),
        {"E013", "E015"},
    ),
    "a count of pages without end": (changed(_huge_count), set()),
    "tags in a circle": (changed(_circle_of_tags), {"E013", "E015"}),
    "a tag inside itself": (changed(_own_kid), {"E013", "E015"}),
    "parents in a circle": (changed(_circle_of_parents), set()),
    "tags written in place": (changed(_direct_tags), set()),
    "a parent tree of words": (
        changed(_set("Root/StructTreeRoot/ParentTree", String("no"))),
        set(),
    ),
    "no parent tree": (changed(_delete("Root/StructTreeRoot/ParentTree")), set()),
    "a wrong way back": (changed(_set("Page/StructParents", 77)), set()),
    "a way back that is a word": (changed(_set("Page/StructParents", Name.No)), set()),
    "content that is not there": (
        changed(_set("Root/StructTreeRoot/K/K/1/K", 5)),
        {"E013", "E015", "E022"},
    ),
    "content with two tags": (
        changed(_set("Root/StructTreeRoot/K/K/1/K", 0)),
        {"E013", "E015"},
    ),
    "content number 2147483647": (
        changed(_set("Root/StructTreeRoot/K/K/1/K", 2**31 - 1)),
        {"E013", "E015"},
    ),
    "content of a negative number": (
        changed(_set("Root/StructTreeRoot/K/K/1/K", -4)),
        {"E013", "E015"},
    ),
    "a tag without a page": (
        changed(_delete("Root/StructTreeRoot/K/K/1/Pg")),
        {"E013", "E015"},
    ),
    "a tag without a type": (changed(_delete("Root/StructTreeRoot/K/K/1/S")), {"E013", "E015"}),
    "tags of words": (
        changed(_set("Root/StructTreeRoot/K/K/1", String("no"))),
        {"E013", "E015", "E098"},
    ),
    "no tags in the tree": (changed(_delete("Root/StructTreeRoot/K")), {"E098"}),
    "a tag of a lost link": (changed(_dangling), {"E013", "E015"}),
    "a tag of nothing": (changed(_object_of_nothing), {"E013", "E015"}),
    "types in a circle": (changed(_roles(A="B", B="A")), set()),
    "a type that is itself": (changed(_roles(P="P")), set()),
    "a heading said to be a paragraph": (changed(_roles(H1="P")), set()),
    "a language that is a name": (changed(_set("Root/Lang", Name.en)), {"E014", "E015"}),
    "a language that is none": (
        changed(_set("Root/Lang", String("../../x"))),
        {"E014", "E015"},
    ),
    "a tag's language that is a number": (
        changed(_set("Root/StructTreeRoot/K/K/1/Lang", 4)),
        {"E013", "E015"},
    ),
    "names in a circle": (changed(_circle_of_names), set()),
    "names that are a number": (changed(_set("Root/Names", 3)), set()),
    "bookmarks in a circle": (changed(_circle_of_bookmarks), set()),
    "labels that are a word": (changed(_set("Root/PageLabels", String("no"))), set()),
    "annotations that are a number": (changed(_set("Page/Annots", Array([1, Name.X]))), set()),
    "JavaScript": (changed(_script), {"E016"}),
    "JavaScript in a link": (changed(_action("JavaScript", JS=String("x"))), {"E016"}),
    "JavaScript on opening": (
        changed(_set("Root/OpenAction", Dictionary(S=Name.JavaScript, JS=String("x")))),
        {"E016"},
    ),
    "actions of a page": (changed(_set("Page/AA", Dictionary())), {"E016"}),
    "actions of the file": (changed(_set("Root/AA", Dictionary())), {"E016"}),
    "a program to start": (changed(_action("Launch", F=String("calc.exe"))), {"E016"}),
    "a form to send": (changed(_action("SubmitForm", F=String("x"))), {"E016"}),
    "actions in a circle": (changed(_next_action), {"E016"}),
    "private data": (changed(_set("Page/PieceInfo", Dictionary())), {"E016"}),
    "a file inside": (changed(_attachment), {"E016"}),
    "two fields of one name": (changed(_same_fields), set()),
    "fields in a circle": (changed(_fields_in_a_circle), set()),
    "a link to a hidden page": (changed(_other_pages), {"E013", "E015"}),
    "metadata that grows": (_entities, {"E015"}),
    "metadata that is none": (changed(_set("Root/Metadata", Name.No)), {"E015"}),
}
