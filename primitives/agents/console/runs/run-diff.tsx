import { NativeSelect } from '@mantine/core'
import { Loaded, Panel, formatTime } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import type { Happened } from '../../src/run/entry.ts'
import { changesBetween } from '../../src/files/change.ts'
import { diffWords } from '../../src/files/diff-words.ts'
import { api } from '../api.ts'
import { DiffLines } from '../studio/diff-lines.tsx'
import { runStates } from '../words.ts'
import { pictureOf, stepOfEntry } from './run-picture.ts'
import type { ShownEntry, StepPicture } from './run-picture.ts'
import type { RunAnswer } from './use-run.ts'

/** What came out differently in another run of the same agent: exits and outputs, step by step. */
export function RunDiff({
  run,
  pictures,
  entries,
  against,
  onChoose,
}: {
  run: RunAnswer['run']
  pictures: ReadonlyMap<string, StepPicture>
  entries: readonly ShownEntry[]
  against: string
  onChoose: (runId: string) => void
}) {
  const others = useQuery({
    queryKey: ['agents', 'runs', { agent: run.agent }],
    queryFn: ({ signal }) => api.get('/runs', { query: { agent: run.agent, limit: 30 }, signal }),
  })
  const other = useQuery({
    queryKey: ['agents', 'run', against],
    enabled: against !== '',
    queryFn: ({ signal }) => api.get('/runs/:runId', { params: { runId: against }, query: {}, signal }),
  })
  const choices = (others.data?.runs ?? []).filter(({ runId }) => runId !== run.runId)
  return (
    <Panel title="Compare with another run" note="exits and outputs by step">
      <div className="hl-stack">
        <NativeSelect
          label="Other run of this agent"
          value={against}
          onChange={(event) => onChoose(event.currentTarget.value)}
          data={[
            { value: '', label: choices.length === 0 ? 'There is no other yet' : 'Choose one' },
            ...choices.map(({ runId, createdMs, state, version }) => ({
              value: runId,
              label: `${formatTime(createdMs)}, version ${version}, ${runStates[state].word.toLowerCase()}`,
            })),
          ]}
        />
        {against === '' ? null : (
          <Loaded of={other} what="Reading the other run" lines={3}>
            {(answer) => (
              <DiffLines
                lines={diffWords(
                  changesBetween(
                    outcomes(pictureOf(answer.entries), answer.entries),
                    outcomes(pictures, entries),
                  ),
                )}
                empty="Both came out the same"
              />
            )}
          </Loaded>
        )}
      </div>
    </Panel>
  )
}

/** How each step was left, and what it made. */
function outcomes(
  pictures: ReadonlyMap<string, StepPicture>,
  entries: readonly ShownEntry[],
): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [id, { state, exit }] of pictures) {
    const outputs = entries.flatMap(({ path, happened }) => {
      const each = happened as Happened
      return stepOfEntry(path) === id && each.kind === 'ended' && each.output && 'value' in each.output
        ? [each.output.value]
        : []
    })
    found[id] = { state, exit, output: outputs.length > 1 ? outputs : outputs[0] }
  }
  return found
}
