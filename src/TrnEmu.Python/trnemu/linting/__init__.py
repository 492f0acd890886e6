"""What the device compiler refuses of a kernel that ordinary Python runs. The way in is ``trnemu.lint``.

    rules.py       the codes: reason and what to write instead
    program.py     which functions and classes of a file the compiler sees, and what its names stand for
    statements.py  statements and expressions that are outside the language
    functions.py   parameters, decorators, calls among functions, state outside the kernel
    classes.py     classes and enumerations
    registers.py   which names hold registers and tensors
    dynamic.py     loops that run on the device, registers and tensors in Python expressions
"""
