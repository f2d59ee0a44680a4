"""A hundred ways to make a person see something else than a program reads, and honest mails that only look like it."""
# ruff: noqa: E501  # a trick stands on one line

from dataclasses import replace

import pytest

from bot.model import Outcome
from parsers.html import to_text
from tests.decide.replies import NAME, PHRASE, judge, mail, register, scan

YES = f"{NAME}确认2026年10月销售对账单无误"

STYLES = {
    "important wins over the inline style of others": "display:none!important;display:inline",
    "escaped letters": "d\\69splay:n\\6fne",
    "a comment between": "display:/**/none",
    "collapsed": "visibility:collapse",
    "faint": "opacity:.08",
    "faint as an exponent": "opacity:1e-2",
    "calculated opacity": "opacity:calc(0)",
    "size as an exponent": "font-size:100e-3px",
    "size with a sign": "font-size:+0px",
    "three pixels": "font-size:3px",
    "a tenth": "font-size:10%",
    "calculated size": "font-size:calc(1px - 1px)",
    "font shorthand": "font:italic 1px/1 宋体",
    "zoomed away": "zoom:.05",
    "eight digits, transparent": "color:#00000000",
    "eight digits, faint": "color:#00000011",
    "rgba": "color:rgba(0,0,0,.03)",
    "near white by name": "color:ghostwhite",
    "rare name": "color:lightgoldenrodyellow",
    "lavender blush": "color:lavenderblush",
    "yellow on white": "color:#ffff00",
    "light grey": "color:#e0e0e0",
    "hsl": "color:hsl(210 20% 97%)",
    "hwb": "color:hwb(0 100% 0%)",
    "lab": "color:lab(100% 0 0)",
    "oklch": "color:oklch(99% 0 0)",
    "display-p3": "color:color(display-p3 1 1 1)",
    "variable": "--c:white;color:var(--c)",
    "variable with a fall-back": "color:var(--none,#fff)",
    "variable behind a variable": "--a:none;--b:var(--a);display:var(--b)",
    "current colour": "-webkit-text-fill-color:transparent",
    "far left": "position:absolute;left:-999em",
    "far right": "position:absolute;left:9999px",
    "far up": "position:fixed;top:-100vh",
    "inset": "position:absolute;inset:-9999px",
    "pushed off": "margin-left:9999px",
    "indent": "text-indent:-9999px;display:block",
    "translated": "transform:translate(-2000px,0)",
    "translate alone": "translate:-9999px",
    "scaled": "transform:scale(.01)",
    "scale alone": "scale:0",
    "on its edge": "transform:rotateY(90deg)",
    "mirrored": "transform:scaleX(-1)",
    "matrix": "transform:matrix(0,0,0,0,0,0)",
    "clip path": "clip-path:circle(0)",
    "polygon": "clip-path:polygon(0 0,0 0,0 0)",
    "old clip": "position:absolute;clip:rect(1px,1px,1px,1px)",
    "mask": "-webkit-mask-image:linear-gradient(transparent,transparent)",
    "blur": "filter:blur(20px)",
    "white by filter": "filter:brightness(100)",
    "blend": "mix-blend-mode:screen",
    "no height": "display:block;height:0;overflow:hidden",
    "no height, scrolling": "display:block;height:1px;overflow:auto",
    "no width": "display:inline-block;width:0;overflow:hidden",
    "max height": "display:block;max-height:0",
    "no line": "line-height:0",
    "clamped": "display:-webkit-box;-webkit-line-clamp:1",
    "letters on one another": "letter-spacing:-20px",
    "outlook": "mso-hide:all",
    "column": "display:table-column",
    "skipped": "content-visibility:hidden",
    "struck": "text-decoration:line-through red 2px",
    "struck with prefix": "-webkit-text-decoration-line:line-through",
    "an underline in the middle": "text-decoration:underline;text-underline-offset:-.5em",
    "a gradient as a line": "background:linear-gradient(transparent 45%,#000 45% 55%,transparent 55%)",
    "turned around": "unicode-bidi:isolate-override;direction:rtl",
    "a colour that is none behind white": "color:#fff;color:nonsense",
    "a display that is none behind none": "display:none;display:shown",
    "a visibility that is none": "visibility:hidden;visibility:yes",
    "a size that is none": "font-size:0;font-size:big",
    "a size without unit": "font-size:0;font-size:20",
    "an opacity that is none": "opacity:0;opacity:full",
    "a background that is none": "color:#000;background-color:#000;background-color:light",
    "the shorthand behind": "color:#fff;background-color:#000;background:#fff",
    "the shorthand without colour": "color:#fff;background-color:#000;background:none",
    "the font's shorthand behind": "font-size:14px;font:0/0 a",
    "a clip that is none": "position:absolute;clip:rect(0,0,0,0);clip:whole",
    "a height that is none": "display:block;max-height:0;max-height:tall",
}

SHEETS = {
    "by class in capitals": ("<style>.X{display:none}</style>", 'class="x"'),
    "by two classes, the later rule": ("<style>.a{color:#000}.b{color:#fff}</style>", 'class="b a"'),
    "by a chain": ("<style>div > p .q{color:#fff}</style>", 'class="q"'),
    "a chain that shows it elsewhere": ("<style>.q{color:#fff}.w .q{color:#000}</style>", 'class="q"'),
    "by attribute": ("<style>[data-x='1']{font-size:0}</style>", 'data-x="1"'),
    "important in a sheet": ("<style>.q{display:none!important}</style>", 'class="q" style="display:inline"'),
    "on all screens": ("<style>@media (min-width:1px){.q{display:none}}</style>", 'class="q"'),
    "where it is supported": ("<style>@supports (color:red){.q{display:none}}</style>", 'class="q"'),
    "in a layer": ("<style>@layer x{.q{display:none}}</style>", 'class="q"'),
    "nested": ("<style>p{color:#000;.q{display:none}}</style>", 'class="q"'),
    "in dark mode": ("<style>@media (prefers-color-scheme:dark){.q{display:none}}</style>", 'class="q"'),
    "on telephones": ("<style>@media (max-width:600px){.q{display:none}}</style>", 'class="q"'),
    "first child": ("<style>p span:first-child{display:none}</style>", ""),
    "behind a sibling": ("<style>p + p span, b ~ .q, .q:not(.z){display:none}</style>", 'class="q"'),
    "escaped class": ("<style>.\\71{display:none}</style>", 'class="q"'),
    "another sheet on paper": ("<style>.q{color:#fff}</style><style media=print>.q{color:#000}</style>", 'class="q"'),
    "another sheet that is none": (
        "<style>.q{color:#fff}</style><style type='text/x'>.q{color:#000}</style>",
        'class="q"',
    ),
    "another sheet to choose": (
        "<style title=a>.q{color:#fff}</style><style title=b>.q{color:#000}</style>",
        'class="q"',
    ),
    "sheet that breaks off": ("<style>.q{display:none", 'class="q"'),
    "variable of the root": ("<style>:root{--c:#fff}.q{color:var(--c)}</style>", 'class="q"'),
}

BODIES = {
    "template": f"<template>但金额不符</template>{YES}",
    "noscript": f"<p>{YES}</p><noscript>但金额不符</noscript>",
    "details": f"<details><summary>详情</summary>但退货除外</details><p>{YES}</p>",
    "dialog": f"<dialog>{YES}</dialog>",
    "option": f"<p>我司</p><select><option>{YES}</option></select>",
    "text area": f"<textarea>{YES}</textarea>",
    "input": f'<p>{YES}</p><input value="但退货除外">',
    "svg": f"<p>{YES}</p><svg><text>但退货除外</text></svg>",
    "frame": f'<p>{YES}</p><iframe srcdoc="但退货除外"></iframe>',
    "object": f"<p>{YES}</p><object>但退货除外</object>",
    "conditional comment": f"<p>{YES}</p><!--[if mso]><p>但退货除外</p><![endif]-->",
    "for others than outlook": f"<![if !mso]><p>{YES}</p><![endif]>",
    "text of a picture that isn't there": f'<p>{NAME}<img alt="不">确认2026年10月销售对账单无误</p>',
    "words by the sheet": f"<style>.q::before{{content:'不'}}</style><p>{NAME}<span class=q>确认</span>2026年10月销售对账单无误</p>",
    "words by the sheet, escaped": f"<style>.q:after{{content:'\\4e0d'}}</style><p>{NAME}<span class=q>确认</span>2026年10月销售对账单无误</p>",
    "a line by the sheet": f"<style>.q::after{{content:'';position:absolute;border-top:1px solid}}</style><p class=q>{YES}</p>",
    "a box laid over": f'<div style="position:relative">{YES}，但退货除外<div style="position:absolute;background:#fff;width:9em;right:0">&nbsp;</div></div>',
    "a box drawn up": f'<p>{YES}，但退货除外</p><div style="margin-top:-30px;background:white;height:30px"></div>',
    "a ruler as a stroke": f'<p>{YES}</p><hr style="margin-top:-18px">',
    "a picture laid over": f'<p>{YES}，但退货除外</p><img src="cid:x" style="position:absolute;top:0;left:200px">',
    "right to left": f"<p>{NAME}确认2026年10月销售对账单\u202e误无不</p>",
    "strokes over letters": "<p>" + "".join(c + "\u0336" for c in YES) + "</p>",
    "prohibited": f"<p>{YES}\u20e0</p>",
    "white on a table's colour": f'<table bgcolor="#eeeeee"><tr><td style="color:#efefef">{YES}</td></tr></table>',
    "half of a half of a half": f'<div style="font-size:50%"><div style="font-size:50%"><div style="font-size:50%">{YES}</div></div></div>',
    "faint in faint in faint": f'<div style="opacity:.4"><div style="opacity:.4"><div style="opacity:.4">{YES}</div></div></div>',
    "a white body": f'<body text="#ffffff">{YES}</body>',
    "white through a link": f'<div style="color:#fff"><a href="x" style="color:inherit">{YES}</a></div>',
    "white on a picture": f'<div style="background:url(x.png);color:#fff">{YES}</div>',
    "turned around": f"<bdo dir=rtl>{YES}</bdo>",
    "deleted": f"<p><del>{YES}</del></p>",
    "struck in a struck-off table": f'<table style="text-decoration:line-through"><tr><td style="text-decoration:none">{YES}</td></tr></table>',
    "hidden row": f'<table><tr style="display:none"><td>{YES}</td></tr></table>',
    "hidden by attribute": f"<div hidden=until-found>{YES}</div>",
    "digits without their hash": f"<p style='color:ffffff'>{YES}</p>",
    "entities in a style": f"<p style='display&#58;none'>{YES}</p>",
    "marquee": f"<marquee scrolldelay=99999999>{YES}</marquee>",
    "popover": f"<div popover>{YES}</div>",
    "a sheet brought along": f"<link rel=stylesheet href='data:text/css,.q{{display:none}}'><p class=q>{YES}</p>",
    "a sheet imported": f"<style>@import 'data:text/css,.q{{display:none}}';</style><p class=q>{YES}</p>",
    "letters brought along": f"<style>@font-face{{font-family:z;src:url(data:font/woff2;base64,AAAA)}}</style><p style='font-family:z'>{YES}</p>",
    "one of several": f"<style>:is(.q,.z){{display:none}}</style><p class=q>{YES}</p>",
    "not under the pointer": f"<style>p:not(:hover){{display:none}}</style><p>{YES}</p>",
    "by language": f"<style>:lang(zh){{display:none}}</style><p lang=zh>{YES}</p>",
    "sign of a list": f"<ul style=\"list-style-type:'不'\"><li>{YES}</li></ul>",
    "quotation marks": f"<style>q{{quotes:'不' ''}}</style><p>{NAME}<q>确认</q>2026年10月销售对账单无误</p>",
    "a counter": f"<style>p::before{{content:counter(x,cjk-decimal)}}</style><p>{YES}</p>",
    "fading": f"<style>@keyframes k{{to{{opacity:0}}}}</style><p style='animation:k 0s forwards'>{YES}</p>",
    "calculated height": f"<p style='height:calc(0px);overflow:hidden'>{YES}</p>",
    "the lesser of two widths": f"<p style='max-width:min(0px,10px);overflow:hidden'>{YES}</p>",
    "along a path": f"<p style='offset-path:path(\"M-9999 0\")'>{YES}</p>",
    "a picture over words": f"<p>{YES}</p><div style='position:absolute;background-image:url(cid:x);width:90px'></div>",
    "a border as a stroke": f"<table style='position:absolute;top:8px;border-top:2px solid'><tr><td></table><p>{YES}</p>",
}


def _pages() -> dict[str, str]:
    found = {
        f"style: {name}": f'<div><p>好<b>的</b><span style="{style}">{YES}</span></p></div>'
        for name, style in STYLES.items()
    }
    found |= {
        f"reservation, {name}": f'<p>{YES}<span style="{style}">，但退货除外</span></p>'
        for name, style in STYLES.items()
    }
    found |= {
        f"sheet: {name}": f"<body><div><p><b></b></p><p><span {how}>{YES}</span></p></div>{sheet}"
        for name, (sheet, how) in SHEETS.items()
    }
    return found | {f"body: {name}": page for name, page in BODIES.items()}


PAGES = _pages()


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in PAGES.items()])
def test_E5_where_a_person_sees_something_else_a_person_decides(page: str) -> None:
    found = to_text(page)
    assert found.hidden or found.struck or found.cut
    for letter in (mail(None, html=page), mail(to_text(page).text, html=page), mail(PHRASE, html=page)):
        judgement = judge(letter, register(), (scan(),))
        assert judgement.outcome is Outcome.PERSON, judgement.rule


@pytest.mark.parametrize(
    "text", [f"{NAME}确认2026年10月销售对账单\u202e误无", "".join(c + "\u0336" for c in YES), f"{YES}\u20e0"]
)
def test_E5_tricks_in_plain_text_are_for_a_person(text: str) -> None:
    assert judge(mail(text), register(), (scan(),)).outcome is Outcome.PERSON


ORIGINAL = (
    "<div style='display:none;max-height:0'>预览文字</div><p>为核对双方往来账目，现附上对账单。</p><p><s>旧价</s></p>"
)
WORD = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta name=Generator content='Microsoft Word 15'><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!--\n@font-face{font-family:宋体;panose-1:2 1 6 0;}\np.MsoNormal, li.MsoNormal, div.MsoNormal{margin:0cm;text-align:justify;font-size:10.5pt;font-family:等线;}\na:link, span.MsoHyperlink{mso-style-priority:99;color:#0563C1;text-decoration:underline;}\nspan.EmailStyle17{mso-style-type:personal-reply;color:windowtext;}\n.MsoChpDefault{mso-style-type:export-only;font-size:10.0pt;}\n@page WordSection1{size:612.0pt 792.0pt;margin:72.0pt 90.0pt 72.0pt 90.0pt;}\ndiv.WordSection1{page:WordSection1;}\n--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext='edit' spidmax='1026'/></xml><![endif]--></head>"

HONEST = {
    "qq": f'<div style="font-family:-apple-system,system-ui;font-size:14px;color:rgb(0,0,0);line-height:1.43">{YES}</div><div class="xmail-sign"><div style="color:#959da6">张丽</div></div><div style="font-size:12px;font-family:Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef;padding:8px"><div><b>发件人:</b> "华东贸易"</div><div><b>发送时间:</b> 2026年11月3日</div><div><b>收件人:</b> 张丽</div><div><b>主题:</b> 对账</div></div>{ORIGINAL}',
    "outlook": f"{WORD}<body lang=ZH-CN link='#0563C1' style='text-justify-trim:punctuation'><div class=WordSection1><p class=MsoNormal><span style='font-size:10.5pt;color:#1F497D;mso-fareast-language:ZH-CN'>{YES}</span></p><p class=MsoNormal style='margin-left:21.0pt;text-indent:-21.0pt'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>谢谢</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>发件人:</b> 华东 &lt;ar@hd-trade.example&gt; <br><b>发送时间:</b> 2026年11月3日<br><b>收件人:</b> 张丽<br><b>主题:</b> 对账</p></div>{ORIGINAL}</div>",
    "outlook on the web": f'<div class="elementToProof" style="font-family:Aptos,Calibri;font-size:12pt;color:rgb(0,0,0)">{YES}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" style="font-size:11pt" color="#000000"><b>发件人:</b> 华东<br><b>发送时间:</b> 2026年11月3日<br><b>收件人:</b> 张丽<br><b>主题:</b> 对账</font></div>{ORIGINAL}',
    "foxmail": f'<html><head><style>body {{ line-height: 1.5; }}blockquote {{ margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em; }}body {{ font-size: 14px; color: rgb(0, 0, 0); line-height: 1.5; }}</style></head><body><div><span></span>{YES}</div><div><br></div><hr style="WIDTH: 210px; HEIGHT: 1px" color="#b5c4df" size="1" align="left"><div><span><div style="MARGIN: 10px; FONT-SIZE: 10pt">张丽</div></span></div><blockquote style="margin-Top: 0px;"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><b>发件人：</b>华东<br><b>发送时间：</b> 2026-11-03<br><b>收件人：</b>张丽<br><b>主题：</b>对账</div>{ORIGINAL}</blockquote></body></html>',
    "163": f'<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial"><div style="margin:0;">{YES}</div><div id="ntes-pcmac-signature" style="font-family:微软雅黑"><div style="font-size:14px;padding:0;margin:0;line-height:14px;"></div></div><p style="margin:0;"><br></p><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><p>At 2026-11-03 09:00:00, "华东" &lt;ar@hd-trade.example&gt; wrote:</p><blockquote id="isReplyContent" style="PADDING-LEFT:1ex;MARGIN:0 0 0 0.8ex;BORDER-LEFT:#ccc 1px solid">{ORIGINAL}</blockquote></div>',
    "gmail": f'<div dir="ltr">{YES}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">华东 &lt;<a href="mailto:ar@hd-trade.example">ar@hd-trade.example</a>&gt; 于2026年11月3日周二 09:00写道：<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{ORIGINAL}</blockquote></div>',
    "apple": f'<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;"><div style="caret-color: rgb(0, 0, 0); color: rgb(0, 0, 0); font-variant-caps: normal; letter-spacing: normal; text-indent: 0px; transform: none; white-space: normal; word-spacing: 0px; -webkit-text-stroke-width: 0px; text-decoration: none;">{YES}</div><br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>2026年11月3日 09:00，华东 写道：</div><br class="Apple-interchange-newline">{ORIGINAL}</blockquote></div></body></html>',
    "dingtalk": f'<div class="__aliyun_email_body_block"><div style="font-family:Tahoma,Arial,STHeitiSC-Light,SimSun;"><div style="clear:both;"><span style="font-size:14.0px;color:#000000;line-height:21.0px;">{YES}</span></div></div><div class="__aliyun_signature_wrap"></div><blockquote style="margin-right:0;margin-top:0;margin-bottom:0;"><div style="clear:both;">------------------------------------------------------------------</div><div style="clear:both;">发件人：华东</div><div style="clear:both;">发送时间：2026年11月3日</div><div>收件人：张丽</div><div>主　题：对账</div>{ORIGINAL}</blockquote></div>',
    "wecom": f'<div style="font-size: 14px; line-height: 1.6; color: rgb(17, 31, 44);" class="wwmail_content">{YES}</div><div style="color:#888;font-size:12px;margin-top:8px">张丽 | 财务</div><div style="margin-top:16px;border-top:1px solid #e8e8e8">------------------ 原始邮件 ------------------</div><div>发件人: 华东</div><div>收件人: 张丽</div><div>主题: 对账</div>{ORIGINAL}',
    "coremail": f'<div style="white-space: pre-wrap; font-size:14px">{YES}</div><div class="cm_quote"><br><blockquote name="replyContent" class="ReferenceQuote" style="padding-left:5px;margin-left:5px;border-left:#b6b6b6 2px solid;margin-right:0">-----原始邮件-----<br><b>发件人:</b>华东<br><b>发送时间:</b>2026-11-03<br><b>收件人:</b> 张丽<br><b>主题:</b> 对账<br><br>{ORIGINAL}</blockquote></div>',
    "dark mode of a template": f"<style>@media (prefers-color-scheme:dark){{body{{background:#111!important;color:#eee!important}}}}</style><p>{YES}</p>",
    "empty things": f'<p>{YES}</p><div style="display:none">&nbsp;</div><span style="font-size:1px;color:#fff">|</span><span style="color:#fff">&nbsp;</span><img src="http://x.example/t.gif" width="1" height="1" style="display:none" alt="">',
    "white on a coloured card": f'<div style="background:#1a73e8;color:#fff;padding:8px">{YES}</div>',
    "gradient card": f'<div style="background:linear-gradient(90deg,#1a73e8,#0b57d0);color:#fff">{YES}</div>',
    "logo": f'<p>{YES}</p><img src="cid:logo" alt="恒远" style="position:relative;width:80px"><img src="cid:b" alt="不">',
    "computed style pasted": f'<span style="transform: matrix(1, 0, 0, 1, 0, 0); opacity: 1; clip: auto; filter: none; mix-blend-mode: normal; mask: none; zoom: 1; letter-spacing: normal; color: oklch(0.3 0.02 250); font-size: var(--text, 15px)">{YES}</span>',
}  # fmt: skip


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in HONEST.items()])
def test_E5_honest_programs_hide_nothing(page: str) -> None:
    judgement = judge(mail(None, html=page), register(), (scan(),))
    assert judgement.outcome is Outcome.CONFIRMED, (judgement.rule, judgement.reasons, to_text(page))


def test_words_hidden_in_the_quoted_part_are_marked_as_quoted() -> None:
    page = to_text(f"<p>好</p><p>发件人: 甲<br>发送时间: 2026年11月3日<br>收件人: 乙<br>主题: 丙</p>{ORIGINAL}")
    assert (page.hidden, page.struck) == (("> 预览文字",), ("> 旧价",))


def test_a_struck_word_above_the_quotation_is_the_writers() -> None:
    page = to_text(f"<p>好<s>不</s></p><p>-----原始邮件-----</p>{ORIGINAL}")
    assert page.struck == ("不", "> 旧价")


def test_E5_a_forged_heading_hides_no_yes() -> None:
    page = (
        f"<p>发件人: 甲<br>发送时间: 2026年11月3日<br>收件人: 乙<br>主题: 丙</p><div style='display:none'>{YES}</div>"
    )
    assert judge(replace(mail(None), html=page), register(), (scan(),)).outcome is not Outcome.CONFIRMED
