using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>All that the price of an instruction depends on. A program of millions has few different ones.</summary>
/// <param name="Engine">Engine that executes it.</param>
/// <param name="LoadedTable">Activation table set that the engine has loaded before; 0 for none.</param>
/// <param name="Instruction">What is done.</param>
internal readonly record struct Work(Engine Engine, byte LoadedTable, Instruction Instruction);
