"""Every code: why the device compiler refuses, and what to write instead.

The language guide, the migration guide or the release notes say so; "not in the language" marks what the guide does not
list among the language's constructs and the published front end of the compiler refuses.
"""

NOT = "not in the language"

RULES = {
    # Statements
    "NKI101": (f"exceptions are {NOT}", "test the condition with if, or stop with assert"),
    "NKI102": (f"exceptions are {NOT}", "write assert condition, message"),
    "NKI103": (f"importing inside a kernel is {NOT}", "import at the top of the file"),
    "NKI104": ("kernels are pure functions of their arguments, and compiled ones are cached",
               "pass the value as an argument and return it, or share a dict"),
    "NKI105": (f"deleting is {NOT}", "let the name go out of use, or call pop on a list or dict"),
    "NKI106": (f"match is {NOT}", "write if and elif"),
    "NKI107": (f"asynchronous code is {NOT}", "write ordinary functions and loops"),
    "NKI108": (f"generators are {NOT}", "append to a list and return it"),
    "NKI109": ("the only context is nl.no_reorder(), without arguments and without a name",
               "take it out of the kernel"),
    "NKI110": (f"else of a loop is {NOT}", "set a flag in the loop and test it afterwards"),
    "NKI111": (f"a loop with several targets is {NOT}", "loop over one name and index with it"),
    "NKI112": ("a for-loop goes over ranges, lists and tuples", "loop over range(len(...)) and index"),
    # Expressions and values
    "NKI120": (f"lambda is {NOT}", "write a function with def"),
    "NKI121": (f"generators are {NOT}", "write a list and a for-loop that appends"),
    "NKI122": ("containers are tuples, lists, dicts with string keys and simple classes", "use a list, or a dict"),
    "NKI123": (f"building a dict by comprehension is {NOT}", "write a for-loop that sets the keys"),
    "NKI124": (f"assignment inside an expression is {NOT}", "assign in a statement before"),
    "NKI125": ("identity means nothing while a kernel is compiled", "write == or !="),
    "NKI126": (f"unpacking with * or ** is {NOT}", "write the arguments or elements one by one"),
    "NKI127": (f"the operator @ is {NOT}", "call nisa.nc_matmul or nl.matmul"),
    "NKI128": ("integers have 32 bits", "keep it between -2147483648 and 2147483647"),
    "NKI129": ("values are None, booleans, integers, floats, strings and tensors", "use one of them"),
    "NKI130": ("keys of a dict are strings", "use a string, or a list"),
    "NKI131": (f"a format specifier in an f-string is {NOT}", "write the value alone"),
    "NKI132": ("a kernel does not read files, the terminal or Python's own state: it is compiled once and cached",
               "do it before the call and pass the result as an argument"),
    # Functions and classes
    "NKI140": (f"a variable number of arguments is {NOT}", "name every parameter"),
    "NKI141": ("keyword-only parameters are not supported", "leave out the * and put parameters with defaults last"),
    "NKI142": ("the decorators are nki.jit, dataclass and staticmethod", "call the function without it"),
    "NKI143": ("every call is inlined while the kernel is compiled", "write a loop"),
    "NKI144": (f"a class inside a function is {NOT}", "move it to the top of the file"),
    "NKI145": ("a class inherits from NKIObject and nothing else, an enumeration from Enum",
               "inherit from nl.NKIObject, or keep the class out of the kernel"),
    "NKI146": (f"this is {NOT} in a class: fields and methods alone make it up",
               "move it to a method or out of the class"),
    "NKI147": ("members of an enumeration are compared with == and != alone", "compare their values"),
    # The kernel and its call
    "NKI160": ("a list is no argument of a kernel: it is neither immutable nor hashable", "pass a tuple"),
    "NKI161": ("nki.jit has no platform_target since 0.3.0", "set NEURON_PLATFORM_TARGET_OVERRIDE"),
    "NKI162": ("the older dialect is refused inside kernels since 0.4.0", "import nki, nki.language and nki.isa"),
    "NKI163": ("the memory is an object since 0.3.0, a string is refused",
               "write nl.sbuf, nl.psum, nl.shared_hbm, …"),
    "NKI164": ("the compiler keeps compiled kernels by their arguments: a change of this variable would not be seen",
               "pass it as an argument"),
    # Loops on the device, registers, tensors
    "NKI180": ("a register's value is known on the device alone",
               "compute on the device, or use nl.while_loop on the register"),
    "NKI181": ("a register is read as a loop bound, a condition or an offset; Python cannot compute with it",
               "compute in SBUF and nisa.register_load it, or pass it as scalar_offset"),
    "NKI182": ("the variable of a device loop cannot be written", "copy it to a register of your own"),
    "NKI183": ("a device loop runs its body to the end every time",
               "make it the loop's condition, or use a static loop"),
    "NKI184": ("the step of a device loop is a positive integer known while compiling", "write a number of at least 1"),
    "NKI185": ("the body of nl.fori_loop returns nothing, that of nl.while_loop the next condition",
               "keep other state in SBUF or HBM"),
    "NKI186": ("a device loop cannot stand inside nl.no_reorder()", "put nl.no_reorder() inside the loop's body"),
    "NKI187": ("the values of a tensor are known on the device alone",
               "compute on the device, or use a register as condition"),
    "NKI188": ("bounds of range, affine_range, sequential_range and static_range are known while compiling",
               "use nl.fori_loop or nl.dynamic_range"),
}


class Finding:
    """One place that the device compiler refuses."""

    def __init__(self, node, code, what):
        self.line = node.lineno
        self.column = node.col_offset + 1
        self.code = code
        self.what = what

    def text(self, path):
        """``file:line:column: NKI… what: reason; instead``."""
        reason, instead = RULES[self.code]
        return f"{path}:{self.line}:{self.column}: {self.code} {self.what}: {reason}; {instead}"
