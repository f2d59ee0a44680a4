import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.colour import BLACK, Colour, alike, parse
from parsers.html import HtmlText, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("甲<b>确</b><i>认</i>无<span>误</span>", "甲确认无误", id="a phrase over several tags is joined"),
        pytest.param("确<wbr>认<o:p></o:p>无误", "确认无误", id="wbr and o:p"),
        pytest.param("<div>a</div>\n<div>b <span> c</span></div>", "a\nb c", id="blocks"),
        pytest.param("a<br>b<div>c</div><div><br></div><div>d</div>", "a\nb\nc\n\nd", id="breaks and empty lines"),
        pytest.param("<p>好的&nbsp;&nbsp;收到</p>", "好的 收到", id="blanks"),
        pytest.param("<pre>a\n  b</pre>c", "a\n  b\nc", id="pre"),
        pytest.param("<div style='white-space:pre-wrap'>a\nb</div>", "a\nb", id="white-space"),
        pytest.param(
            "<table> <tr> <td><p>单号</p></td> <td> <p>金额</p></td></tr> <tr><td>c<td><td>d</table>e",
            "单号\t金额\nc\t\td\ne",
            id="table cells",
        ),
        pytest.param("<ul><li>x<li>y</ul>", "x\ny", id="list"),
        pytest.param(
            "<blockquote>x<br><br>y<blockquote>z</blockquote></blockquote>w", "> x\n>\n> y\n> > z\nw", id="quotes"
        ),
        pytest.param("确认<hr>发件人：甲", "确认\n" + "_" * 32 + "\n发件人：甲", id="outlook's ruler"),
        pytest.param(
            '<div>好</div><includetail><div class="x">-------&nbsp;原始邮件&nbsp;-------</div></includetail>',
            "好\n------- 原始邮件 -------",
            id="qq",
        ),
        pytest.param('<a href="http://x.example/?确认">看这里</a>', "看这里", id="a link leaves its text"),
        pytest.param('a<img src="cid:x" alt="确认无误" title="x">b', "ab", id="alt and title"),
        pytest.param("<title>确认</title><script>确认</script><style>p{}</style>好", "好", id="silent elements"),
        pytest.param("好<!-- 确认 --><![if !vml]>的<![endif]>", "好的", id="comments"),
        pytest.param(
            '<font color="red">相符</font>，<span style="color:#c00">见红字</span>',
            "相符，见红字",
            id="52 answers in red",
        ),
        pytest.param("", "", id="nothing"),
        pytest.param("<<<>>> &#x110000; &bogus; \x00", "<<<>>> \ufffd &bogus;", id="rubbish"),
    ],
)
def test_the_text_is_what_a_person_sees(html: str, text: str) -> None:
    assert to_text(html) == HtmlText(text)


HIDING = {
    "display": "display:none",
    "display, important": "DISPLAY : NONE !important; display:block",
    "visibility": "visibility: hidden",
    "font size 0": "font-size:0",
    "font size 1px": "font-size:1px",
    "font size in em": "font-size:.1em",
    "font shorthand": "font: 0/0 a",
    "opacity": "opacity:0",
    "opacity in percent": "opacity:5%",
    "off screen": "position:absolute;left:-9999px",
    "text indent": "text-indent:-9999px",
    "margin": "margin:0 0 0 -5000px",
    "white on white": "color:#fff",
    "nearly white on white": "color:rgb(250, 250, 250)",
    "hsl": "color:hsl(0,0%,100%)",
    "transparent": "color:transparent",
    "same colour as its background": "color:#123456;background-color:#123456",
    "fill colour": "-webkit-text-fill-color:white",
    "max height": "max-height:0;overflow:hidden",
    "no room": "height:1px;overflow:hidden",
    "outlook": "mso-hide:all",
    "clip": "clip:rect(0,0,0,0)",
    "clip path": "clip-path: inset(100%)",
    "scale": "transform: scale(0)",
    "translate": "transform:translateX(-9999px)",
    "filter": "filter:opacity(0)",
    "turned around": "direction:rtl;unicode-bidi:bidi-override",
    "letters on one another": "letter-spacing:-1em",
}


@pytest.mark.parametrize("style", [pytest.param(style, id=name) for name, style in HIDING.items()])
def test_hidden_words_are_told_apart(style: str) -> None:
    assert to_text(f"<p>我司<span style='{style}'>不</span>确认</p>") == HtmlText("我司确认", ("不",))
    assert to_text(f"<style>.x{{{style}}}</style><p>我司<span class='y x'>不</span>确认</p>") == HtmlText(
        "我司确认", ("不",)
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p hidden>不</p>好", id="attribute"),
        pytest.param("<bdo dir=rtl>不</bdo>好", id="turned around"),
        pytest.param('<font color="FFFFFF">不</font>好', id="font colour"),
        pytest.param('<table bgcolor="#333333"><tr><td style="color:#333">不</td></tr></table>好', id="bgcolor"),
        pytest.param(
            "<style><!-- #q span.r, body > .r {display:none} --></style><i class=r>不</i>好", id="rule by class"
        ),
        pytest.param("<style>@media screen{i{visibility:hidden}}</style><i>不</i>好", id="rule for screens"),
        pytest.param("<style>@import url(x);#q{display:none}</style><i id=q>不</i>好", id="rule by id"),
        pytest.param("<style>body i{font-size:0}</style><i>不</i>好", id="rule by tag"),
        pytest.param("<style>i{/*}*/display:none}</style><i>不</i>好", id="comment in a rule"),
        pytest.param('<div style="font-size:0"><b style="font-size:100%">不</b></div>好', id="relative to nothing"),
        pytest.param('<div style="display:none"><b style="display:block">不</b></div>好', id="inside what is hidden"),
    ],
)
def test_hidden_by_other_means(html: str) -> None:
    assert to_text(html) == HtmlText("好", ("不",))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            '<div style="visibility:hidden"><b style="visibility:visible">好</b></div>', id="made visible again"
        ),
        pytest.param('<div style="font-size:0"><b style="font-size:14px">好</b></div>', id="given a size again"),
        pytest.param("<style>@media print{i{display:none}}</style><i>好</i>", id="hidden on paper"),
        pytest.param(
            "<style>@media print{i{display:none}}b{}</style><i>好</i>", id="hidden on paper, another rule behind"
        ),
        pytest.param("<style>#q .r, p > .r, .r .r {display:none}</style><i class=r>好</i>", id="a rule for others"),
        pytest.param('<div style="background:#000;color:#fff">好</div>', id="white on black"),
        pytest.param('<div style="background:#333 url(x.png);color:#fff">好</div>', id="white on a dark picture"),
        pytest.param('<style>i{display:none}</style><i style="display:inline">好</i>', id="inline style wins"),
        pytest.param('<p style="text-indent:-18pt;margin-left:36pt">好</p>', id="outlook's lists"),
        pytest.param(
            '<p style="opacity:.9;font-size:9pt;max-height:none;height:0;transform:scale(0.5)">好</p>',
            id="honest styles",
        ),
        pytest.param('<p style="color:#999;background:none">好</p>', id="grey"),
        pytest.param('<p style="color:nonsense(1);;:x;font-size:">好</p>', id="nonsense"),
        pytest.param("<style>}}{{.x{color:red</style><i class=x>好</i>", id="broken sheet"),
        pytest.param("<style>a:hover{display:none} [x]{display:none}</style><i>好</i>", id="selectors beyond ours"),
    ],
)
def test_visible_words_stay(html: str) -> None:
    assert to_text(html) == HtmlText("好")


@pytest.mark.parametrize(
    "html",
    [
        "<s>100</s>好",
        "<strike>100</strike>好",
        "<del>100</del>好",
        '<span style="text-decoration: underline line-through">100</span>好',
        '<span style="text-decoration-line:line-through">1<b>00</b></span>好',
    ],
)
def test_struck_words_are_told_apart(html: str) -> None:
    assert to_text(html) == HtmlText("好", struck=("100",))


def test_pieces_in_a_quotation_are_marked_and_blanks_are_no_piece() -> None:
    html = "<blockquote><i hidden>甲</i><s>乙</s></blockquote>好<i hidden>&nbsp;\u200b</i><i hidden>丙</i>的"
    html += "<i hidden>丁</i>"
    assert to_text(html) == HtmlText("好的", ("> 甲", "丙", "丁"), ("> 乙",))


HOSTILE = {
    "nested divisions": "<div>" * 100_000,
    "nested tables": "<table><tr><td>" * 30_000,
    "formatting rebuilt in each paragraph": "".join(f"<p><b a={n}>x" for n in range(2_000)),
    "style without end": "<style>" + "a{" * 50_000,
    "comments without end": "<style>" + "/*" * 50_000,
    "many declarations": '<p style="' + "a:b;" * 50_000 + '">x',
    "many selectors": "<style>" + ".a," * 50_000 + "{display:none}</style>" + "<p class=a>x" * 2_000,
    "many rules": "<style>" + ".a{color:red}" * 20_000 + "</style>" + "<p class=a>x" * 2_000,
    "many classes": '<p class="' + "a " * 100_000 + '">',
    "quotes in quotes": "<blockquote>" * 400 + "x<br>" * 20_000,
    "many paragraphs": "<p>x" * 100_000,
    "comments": "<!--" * 100_000,
}


@pytest.mark.parametrize("html", [pytest.param(html, id=name) for name, html in HOSTILE.items()])
def test_hostile_markup_takes_no_time(html: str) -> None:
    started = time.process_time()
    assert len(to_text(html).text) <= 200_000
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


def test_what_is_cut_is_said() -> None:
    assert to_text("<div>" * 100_000 + "x").cut
    assert to_text("x" * 4_100_000).cut
    assert to_text("<style>" + ".a{color:red}" * 1_100 + "</style>x").cut
    assert not to_text("<p>x").cut


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["<b>", "<i hidden>", "</i>", "<td>", "</blockquote>", "<blockquote>", "确认", "&", "<style>", *"<.#{}:;"]
        )
    ).map("".join)
)
def test_any_text_gives_text(html: str) -> None:
    assert "\x00" not in to_text(html).text


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FFF", Colour(255, 255, 255)),
        ("#0000", Colour(0, 0, 0, 0.0)),
        ("rgb(100%, 0%, 0)", Colour(255, 0, 0)),
        ("rgba(1,2,3,.5)", Colour(1, 2, 3, 0.5)),
        ("rgb(1 2 3 / 50%)", Colour(1, 2, 3, 0.5)),
        ("hsl(120, 100%, 50%)", Colour(0, 255, 0)),
        ("Black", BLACK),
        ("rgb(1,2)", None),
        ("ffffff", None),
        ("nonsense", None),
    ],
)
def test_colours(text: str, colour: Colour | None) -> None:
    assert parse(text) == colour


def test_unknown_colours_differ() -> None:
    assert not alike(None, BLACK)
