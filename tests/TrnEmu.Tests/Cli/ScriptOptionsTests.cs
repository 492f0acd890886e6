using System.CommandLine;
using TrnEmu.Cli;
using TrnEmu.Cli.Commands;

namespace TrnEmu.Tests.Cli;

public sealed class ScriptOptionsTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(
        """{"chip":"trn3","seed":7,"max_memory":1024,"what_if":{"dma.generation_ns":0,"tensor.clock_ghz":2.8},"lenient":true,"rounding_seed":-9,"json":"-","output_dir":"out"}""",
        "--chip", "trn3", "--seed", "7", "--max-memory", "1024", "--what-if", "dma.generation_ns=0", "--what-if", "tensor.clock_ghz=2.8", "--lenient", "--stochastic-rounding=-9",
        "--json", "-", "--output-dir", "out")]
    [InlineData(
        """{"trace":"t.json","report":"r.html","schedule":"list","rotate":false,"only":"time","max_instructions":5,"max_iterations":6,"threads":2}""",
        "--trace", "t.json", "--report", "r.html", "--schedule", "list", "--rotate", "off", "--only", "time", "--max-instructions", "5",
        "--max-iterations", "6", "--threads", "2")]
    public void What_was_given_is_passed_and_nothing_else(string json, params string[] arguments)
    {
        var command = RunCommand.Create(new Terminal(TextWriter.Null, TextWriter.Null));
        var parsed = command.Parse(["x.py", .. arguments, "--", "--seed", "own"]);
        Assert.Empty(parsed.Errors);
        var numbers = new RunOptions { WhatIf = [new("dma.generation_ns", 0), new("tensor.clock_ghz", 2.8)], Rotate = false, Arithmetic = new() { RoundingSeed = -9 } };
        Assert.Equal(json, ScriptOptions.Json(parsed, numbers));
    }
}
