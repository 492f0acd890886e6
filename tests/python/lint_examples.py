"""For every code of the lint: what it finds, and what is close to it and allowed.

An example is the body of a kernel with parameters a and out; one that begins with "#!" is a file of its own after the
imports. ``«`` marks where each finding begins.
"""

HEAD = """import nki
import nki.isa as nisa
import nki.language as nl
from dataclasses import dataclass
from enum import Enum, IntEnum
from nki.language import NKIObject, no_reorder
import trnemu
"""

REFUSED = {
    "NKI101": ("«try:\n    x = 1\nfinally:\n    x = 2",),
    "NKI102": ("if a.shape[0] > 128:\n    «raise ValueError('large')",),
    "NKI103": ("«import math", "«from math import pi"),
    "NKI104": ("«global count\ncount = 1", "n = 0\ndef inner():\n    «nonlocal n\n    n = 1\ninner()"),
    "NKI105": ("x = [1]\n«del x[0]",),
    "NKI106": ("«match a.ndim:\n    case 2:\n        pass",),
    "NKI107": ("«async def f():\n    «await g()",),
    "NKI108": ("def tiles():\n    «yield 1", "def tiles():\n    «yield from [1]"),
    "NKI109": ("«with open_it() as f:\n    pass", "«with nl.no_reorder() as block:\n    pass",
               "«with nl.no_reorder(), nl.no_reorder():\n    pass"),
    "NKI110": ("for i in range(2):\n    x = i\nelse:\n    «x = 0", "while x:\n    x = 0\nelse:\n    «x = 1"),
    "NKI111": ("for «i, t in pairs:\n    pass",),
    "NKI112": ("for i in «reversed([1, 2]):\n    pass", "for p in «zip([1], [2]):\n    pass"),
    "NKI120": ("f = «lambda x: x + 1",),
    "NKI121": ("n = max«(i for i in [1, 2])",),
    "NKI122": ("s = «{1, 2}", "s = «{i for i in [1]}", "s = «set([1])"),
    "NKI123": ("d = «{k: 1 for k in ['a']}",),
    "NKI124": ("if («n := a.ndim) > 2:\n    pass",),
    "NKI125": ("if «a.ndim is 2:\n    pass", "if «flag is not True:\n    pass"),
    "NKI126": ("f(«*[1, 2])", "f(**«{'a': 1})", "x = [«*y]", "x = {**«y}"),
    "NKI127": ("c = «a @ a", "«a @= a"),
    "NKI128": ("n = «4294967296", "n = -«2147483650"),
    "NKI129": ("n = «b'x'", "n = «1j"),
    "NKI130": ("d = {«1: 2}", "d = {«(1, 2): 3}", "d = {}\nd[«0] = 1", "d = dict()\nd[«-1] = 1",
               "d = dict([(«1, 2)])"),
    "NKI131": ("print(«f'{a.ndim:3d}')",),
    "NKI132": ("f = «open('x')", "«eval('1')"),
    "NKI140": ("def f(*«rest):\n    pass", "def f(**«options):\n    pass"),
    "NKI141": ("#!@nki.jit\ndef k(a, *, «flag=True):\n    return a",),
    "NKI142": ("#!@«cache\ndef f(a):\n    return a\n\n@nki.jit\ndef k(a):\n    return f(a)",
               "#!class C(NKIObject):\n    @«property\n    def x(self):\n        return 1\n\n"
               "@nki.jit\ndef k(a):\n    c = C()"),
    "NKI143": ("#!@nki.jit\ndef k(a):\n    f(3)\n\ndef f(n):\n    «g(n)\n\ndef g(n):\n    «f(n)",
               "def f(n):\n    «f(n)\nf(1)"),
    "NKI144": ("«class C(NKIObject):\n    pass",),
    "NKI145": ("#!«class C:\n    pass\n\n@nki.jit\ndef k(a):\n    c = C()",
               "#!«class C(IntEnum):\n    x = 1\n\n@nki.jit\ndef k(a, c: C):\n    pass",
               "#!«class C(NKIObject, Other):\n    pass\n\n@nki.jit\ndef k(a):\n    c = C()"),
    "NKI146": ("#!class C(NKIObject, metaclass=«M):\n    pass\n\n@nki.jit\ndef k(a):\n    c = C()",
               "#!class C(NKIObject):\n    «print(1)\n\n@nki.jit\ndef k(a):\n    c = C()"),
    "NKI147": ("#!class E(Enum):\n    x = 1\n\n@nki.jit\ndef k(a):\n    n = «E.x + 1\n    return «E.x < E.x",),
    "NKI160": ("#!@nki.jit\ndef k(a, steps=«[1, 1]):\n    return a",
               "#!@nki.jit\ndef k(a, s):\n    return a\n\nk(1, s=«[1])\nk[2](1, «[1])\n"
               "nki.simulate(k)(1, «[n for n in (1, 2)])",
               "#!def k(a, s):\n    return a\n\ntrnemu.run(k, 1, «[1])"),
    "NKI161": ("#!@nki.jit(platform_target=«'trn2')\ndef k(a):\n    return a",),
    "NKI162": ("#!«import neuronxcc.nki.language as old\n\n@nki.jit\ndef k(a):\n    return old.load(a)",),
    "NKI163": ("t = nl.ndarray((128, 4), dtype=nl.float32, buffer=«'sbuf')",
               "t = nl.zeros((128, 4), nl.float32, «'psum')"),
    "NKI164": ("#!seen = []\n\n@nki.jit\ndef k(a):\n    «seen.append(1)\n    seen.append(2)",
               "#!sizes = {}\n\ndef start():\n    sizes['a'] = 1\n\n@nki.jit\ndef k(a):\n    return «sizes['a']",
               "#!count = 0\n\ndef start():\n    global count\n    count += 1\n\n"
               "@nki.jit\ndef k(a):\n    return «count"),
    "NKI180": ("r = nisa.register_alloc(0)\nif «r:\n    pass", "r = nisa.register_alloc(0)\nx = 1 if «r else 2",
               "r = nisa.register_alloc(0)\nwhile «r > 0:\n    pass", "r = nisa.register_alloc(0)\nassert not «r",
               "for i in nl.dynamic_range(4):\n    if «i == 0:\n        pass",
               "for i in nl.dynamic_range(4):\n    x = «i < 2\n    y = int(«i)",
               "def body(i):\n    if «i == 0:\n        pass\nnl.fori_loop(0, 4, body)",
               "r = nisa.register_alloc(0)\nif «r and a.ndim == 2:\n    pass"),
    "NKI181": ("for i in nl.dynamic_range(4):\n    nisa.dma_copy(dst=t, src=a[«i * 128:«(i + 1) * 128])",
               "r = nisa.register_alloc(0)\n«r += 1", "r = nisa.register_alloc(0)\nx = «-r"),
    "NKI182": ("for i in nl.dynamic_range(4):\n    nisa.register_move(«i, 1)",
               "def body(i):\n    nisa.register_load(dst=«i, src=t)\nnl.fori_loop(0, 4, body)"),
    "NKI183": ("for i in nl.dynamic_range(4):\n    for j in range(2):\n        break\n    «break",
               "r = nisa.register_alloc(1)\nwhile r:\n    «continue",
               "for i in nl.dynamic_range(4):\n    for j in range(2):\n        «return a"),
    "NKI184": ("for i in nl.dynamic_range(0, 4, «0):\n    pass",
               "for i in nl.dynamic_range(0, 4, step=«-1):\n    pass",
               "r = nisa.register_alloc(2)\nfor i in nl.dynamic_range(0, 4, «r):\n    pass",
               "def body(i):\n    pass\nnl.fori_loop(0, 4, body, «0)"),
    "NKI185": ("def body(i):\n    «return i\nnl.fori_loop(0, 4, body)",
               "r = nisa.register_alloc(1)\n«def body(r):\n    nisa.register_load(r, t)\nnl.while_loop(r, body)"),
    "NKI186": ("with nl.no_reorder():\n    «for i in nl.dynamic_range(4):\n        pass",
               "r = nisa.register_alloc(1)\nwith nl.no_reorder():\n    «while r:\n        pass",
               "def body(i):\n    pass\nwith no_reorder():\n    «nl.fori_loop(0, 4, body)"),
    "NKI187": ("t = nl.ndarray((128, 4), nl.float32)\nif «t[0, 0] > 1.0:\n    pass",
               "t = nl.load(a)\nwhile «t[0, 0]:\n    pass", "t = nl.load(a)\nn = int(«t[0, 0])",
               "t = nl.load(a)\nn = «t.item()", "t = nl.load(a)\nfor row in «t:\n    pass"),
    "NKI188": ("r = nisa.register_alloc(4)\nfor i in range(«r):\n    pass",
               "r = nisa.register_alloc(4)\nfor i in nl.affine_range(«r):\n    pass"),
}

ALLOWED = {
    "NKI101": ("assert a.ndim == 2, 'rank'", "#!def host():\n    try:\n        pass\n    finally:\n        pass"),
    "NKI102": ("#!def host():\n    raise ValueError()\n\n@nki.jit\ndef k(a):\n    return a",),
    "NKI103": ("#!import math\n\n@nki.jit\ndef k(a):\n    return math.pi",),
    "NKI104": ("n = 0\nfor i in range(3):\n    n += 1",),
    "NKI105": ("x = [1]\nx.pop()",),
    "NKI106": ("if a.ndim == 2:\n    pass\nelif a.ndim == 3:\n    pass",),
    "NKI107": ("#!async def host():\n    await x\n\n@nki.jit\ndef k(a):\n    return a",),
    "NKI108": ("def tiles():\n    return [1]\nfor t in tiles():\n    pass",),
    "NKI109": ("with nl.no_reorder():\n    pass", "with no_reorder():\n    pass"),
    "NKI110": ("for i in range(2):\n    if i:\n        break\nwhile False:\n    pass",),
    "NKI111": ("for p in [(1, 2)]:\n    i, j = p",),
    "NKI112": ("for i in range(3):\n    pass\nfor x in (1, 2):\n    pass\nd = {'a': 1}\nfor k in d.keys():\n    pass",),
    "NKI120": ("def f(x):\n    return x + 1\ng = f",),
    "NKI121": ("n = [i * 2 for i in range(4)]",),
    "NKI122": ("s = [1, 2]\nt = (1, 2)",),
    "NKI123": ("d = {}\nfor k in ['a']:\n    d[k] = 1",),
    "NKI124": ("n = a.ndim\nif n > 2:\n    pass",),
    "NKI125": ("if a is not None and out is None:\n    pass\nb = a == 2",),
    "NKI126": ("def f(x, y):\n    return x\nf(1, y=2)",
               "#!@nki.jit(**{'mode': 'trace'})\ndef k(a):\n    return a"),
    "NKI127": ("c = a.shape[0] * 2",),
    "NKI128": ("n = 2147483647\nm = -2147483648\nf = 1e30",),
    "NKI129": ("n = None\ns = 'x'\ni = 1\nf = 1.0\nb = True\ne = t[...]",),
    "NKI130": ("d = {'a': 1}\nd['b'] = 2\ne = dict(a=1)\nl = [0]\nl[0] = 1\nfor k in d.keys():\n    d[k] = 3",
               "#!@nki.jit\ndef k(a: {1: 2}) -> {3: 4}:\n    return a"),
    "NKI131": ("print(f'{a.ndim} and {a.shape!r}')",),
    "NKI132": ("print(len(a.shape), isinstance(a, int))",),
    "NKI140": ("#!def host(*rest, **options):\n    pass\n\n@nki.jit\ndef k(a, b=1):\n    return a",),
    "NKI141": ("#!@nki.jit\ndef k(a, flag=True):\n    return a",),
    "NKI142": ("#!@dataclass(frozen=True)\nclass C(NKIObject):\n    @staticmethod\n    def x():\n        return 1\n\n"
               "@nki.jit\ndef k(a):\n    c = C()",),
    "NKI143": ("#!def f(n):\n    return n\n\ndef g(n):\n    return f(f(n))\n\n"
               "@nki.jit\ndef k(a):\n    return g(f(a))",),
    "NKI144": ("#!class C(NKIObject):\n    pass\n\n@nki.jit\ndef k(a):\n    return C()",),
    "NKI145": ("#!class C(nl.NKIObject):\n    x: int = 1\n\nclass E(Enum):\n    x = 1\n\nclass Host:\n    pass\n\n"
               "@nki.jit\ndef k(a, c: C):\n    return E.x\n\nHost()",),
    "NKI146": ("#!class C(NKIObject):\n    '''Text.'''\n    x: int\n    y = 1\n\n    def f(self):\n        pass\n\n"
               "@nki.jit\ndef k(a):\n    return C(1)",),
    "NKI147": ("#!class E(Enum):\n    x = 1\n\n@nki.jit\ndef k(a, e):\n    return e == E.x or E.x.value > 0",),
    "NKI160": ("#!@nki.jit\ndef k(a, steps=(1, 1)):\n    return f([1])\n\n"
               "def f(x):\n    return x\n\nk(1, (1,))\nprint([1])",
               "#!@nki.jit\ndef k(a, s):\n    return a\n\n@nki.jit\ndef top(a):\n    return k(a, [1])"),
    "NKI161": ("#!@nki.jit(mode='trace')\ndef k(a):\n    return a",),
    "NKI162": ("#!import neuronxcc.nki as old\n\n@nki.jit\ndef k(a):\n    return nl.load(a)",),
    "NKI163": ("t = nl.ndarray((128, 4), dtype=nl.float32, buffer=nl.sbuf, name='t')",),
    "NKI164": ("#!sizes = {'a': 1}\n\n@nki.jit\ndef k(a):\n    seen = []\n    seen.append(sizes['a'])",
               "#!seen = []\n\ndef host():\n    seen.append(1)\n\n"
               "@nki.jit\ndef k(a):\n    seen = [1]\n    return seen"),
    "NKI180": ("r = nisa.register_alloc(0)\nr = 3\nif r:\n    pass",
               "r = nisa.register_alloc(0)\nwhile r:\n    nisa.register_load(r, t)",
               "r = nisa.register_alloc(0)\nif r is None:\n    pass\nfor i in range(4):\n    if i == 0:\n        pass",
               "for i in nl.dynamic_range(4):\n    pass\nfor i in range(4):\n    x = i < 2"),
    "NKI181": ("for i in nl.dynamic_range(0, r):\n    nisa.dma_copy(dst=t, src=a.ap([[1, 1]], scalar_offset=i))\n"
               "    b = a[i, nl.ds(i, 4)]",),
    "NKI182": ("r = nisa.register_alloc(0)\nfor i in nl.dynamic_range(4):\n    nisa.register_move(r, i)",
               "def body(r):\n    nisa.register_load(r, t)\n    return r\nnl.while_loop(r, body)"),
    "NKI183": ("for i in range(4):\n    if i:\n        break\n    continue\nreturn a",
               "for i in nl.dynamic_range(4):\n    for j in range(2):\n        continue"),
    "NKI184": ("for i in nl.dynamic_range(0, 4, 2):\n    pass\nfor i in nl.dynamic_range(0, 4, a.ndim):\n    pass",),
    "NKI185": ("def body(i):\n    if a.ndim == 2:\n        return\n    nisa.memset(t, i)\nnl.fori_loop(0, 4, body)",),
    "NKI186": ("for i in nl.dynamic_range(4):\n    with nl.no_reorder():\n        pass\nwith nl.no_reorder():\n"
               "    for i in nl.affine_range(4):\n        pass",),
    "NKI187": ("t = nl.ndarray((128, 4), nl.float32)\nif t.shape[0] > 4 and t is not None:\n    pass\n"
               "n = int(t.shape[0])",),
    "NKI188": ("r = nisa.register_alloc(4)\nfor i in nl.dynamic_range(r):\n    pass\nfor i in range(4):\n    pass",),
}


def source(example):
    """A whole file, without the marks."""
    text = example.replace("«", "")
    if text.startswith("#!"):
        return HEAD + "\n\n" + text[2:]
    return HEAD + "\n\n@nki.jit\ndef kernel(a, out):\n" + "".join(f"    {line}\n" for line in text.split("\n"))


def places(example):
    """Line and column of every mark, in the whole file."""
    start, indent = (10, 0) if example.startswith("#!") else (12, 4)
    lines = (example[2:] if example.startswith("#!") else example).split("\n")
    found = []
    for number, line in enumerate(lines):
        parts = line.split("«")[:-1]
        for count in range(len(parts)):
            found.append((start + number, indent + sum(map(len, parts[:count + 1])) + 1))
    return found
