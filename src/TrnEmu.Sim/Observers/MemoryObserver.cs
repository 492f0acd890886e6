using TrnEmu.Core.Dependences.Proofs;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Sim.Observers;

/// <summary>
/// <see cref="WrittenObserver"/> and <see cref="RaceObserver"/> as one, for a program that is executed from its start:
/// the same faults, at the same entries, in the same words. What they look for is proved absent as long as that goes;
/// where it ends, both are told of all that was executed so far, and judge from there on.
/// </summary>
public sealed class MemoryObserver : IExecutionObserver
{
    private readonly Program _program;
    private ProgramProof? _proof;
    private ExecutedEntries? _executed;
    private WrittenObserver? _written;
    private RaceObserver? _races;

    /// <summary>Nothing has been executed.</summary>
    public MemoryObserver(Program program)
    {
        _program = program;
        if (ProgramProof.IsPossible(program, checksWritten: true))
            (_proof, _executed) = (new ProgramProof(program, checksWritten: true), new ExecutedEntries(program));
        else
            Exactly();
    }

    /// <summary>True while all that was executed is proved; what is not proved is looked at more slowly.</summary>
    public bool IsProved => _proof is not null;

    /// <summary>
    /// Checks a whole program without executing it, first for what nothing wrote, then for races; loops run as the path
    /// says, without one each once.
    /// </summary>
    /// <exception cref="TrnException">The first fault.</exception>
    public static void Check(Program program, ExecutionPath? path = null)
    {
        if (ProgramProof.Proves(program, path, checksWritten: true)) return;
        WrittenObserver.Check(program, path);
        RaceObserver.Find(program, path);
    }

    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state) => Observe(core, index, entry, state);

    /// <summary>Checks one entry.</summary>
    /// <exception cref="TrnException">A fault.</exception>
    public void Observe(int core, int index, in Entry entry, IDisplacements state)
    {
        if (_proof is not null)
        {
            if (_executed!.HasRoom && _proof.Prove(entry, state))
            {
                _executed.Add(index, _proof.Touched, state);
                return;
            }

            _proof.Dispose();
            _proof = null;
            Exactly();
            foreach (var (i, displacements) in _executed.All())
                Judge(core, i, _program.Cores[core].Entries[i], displacements);
            _executed = null;
        }

        Judge(core, index, entry, state);
    }

    private void Exactly() => (_written, _races) = (new WrittenObserver(_program), new RaceObserver(_program));

    private void Judge(int core, int index, in Entry entry, IDisplacements state)
    {
        _written!.Observe(core, index, entry, state);
        _races!.Observe(core, index, entry, state);
    }
}
