import { NativeSelect, TextInput } from '@mantine/core'
import {
  Empty,
  FilterBar,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  formatCount,
  formatDay,
  formatPercent,
  useUrlState,
} from '@heavylift/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DeliveryTable } from './delivery-table.tsx'
import { load } from './load.ts'
import type { Shown } from './load.ts'
import { RatioPlot, WeeksPlot } from './plots.tsx'
import { Record } from './record.tsx'

const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)

/** What working with a spec did to a repository's deployments, with all that a rate alone would hide. */
export default function Velocity() {
  const [state, set] = useUrlState({ repository: '', adopted: '' })
  const loaded = useQuery({
    queryKey: ['spec', 'velocity', state.repository, state.adopted],
    queryFn: ({ signal }) => load(state.repository, state.adopted, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="Velocity"
      lead="Deployments a week since a repository works with its spec, over the 12 weeks before, beside repositories that changed nothing in the same weeks. Faster is said only where chance does not explain it."
    >
      <Loaded of={loaded} what="Counting deployments">
        {({ repositories, shown, least, placebo }) =>
          repositories.length === 0 ? (
            <>
              <Empty title="No deployment is recorded">
                Take in the tags of a repository that is open, or a CSV file with a time and a repository a
                row, below.
              </Empty>
              <Record names={[]} />
            </>
          ) : (
            <>
              <FilterBar>
                <NativeSelect
                  label="Repository"
                  value={shown?.repository ?? state.repository}
                  onChange={(event) => set({ repository: event.currentTarget.value, adopted: '' })}
                  data={[
                    ...(shown ? [] : [{ value: '', label: 'choose one' }]),
                    ...repositories.map(({ name, isSample, adoptedAtMs }) => ({
                      value: name,
                      label: `${name}${isSample ? ' (sample)' : ''}${adoptedAtMs === null ? ', a control' : ''}`,
                    })),
                  ]}
                />
                <TextInput
                  type="date"
                  label="Works with its spec since"
                  value={state.adopted || (shown ? day(shown.adoptedAtMs) : '')}
                  onChange={(event) =>
                    set({
                      repository: shown?.repository ?? state.repository,
                      adopted: event.currentTarget.value,
                    })
                  }
                />
              </FilterBar>
              {shown ? (
                <Measured shown={shown} />
              ) : (
                <Empty title="Nobody said when this repository began with its spec">
                  Choose the date above. The first build that passes its gates sets it by itself.
                </Empty>
              )}
              <Panel
                title="How often this figure is wrong"
                note="an A/A test on the histories of this page in which nobody adopted anything"
              >
                {placebo.dates === 0 ? (
                  <p>
                    The histories are too short for it: it needs 12 weeks before a date and {least.weeks}{' '}
                    after.
                  </p>
                ) : (
                  <p>
                    Of {formatCount(placebo.dates)} dates at random, “faster” was said of{' '}
                    <strong>{formatPercent(placebo.faster / placebo.dates)}</strong> and “slower” of{' '}
                    <strong>{formatPercent(placebo.slower / placebo.dates)}</strong>; the interval promises at
                    most 2.5 % of each.
                  </p>
                )}
              </Panel>
              <Record names={repositories.map(({ name }) => name)} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

const times = (ratio: number) => `${ratio.toFixed(2)}×`
const span = ({ low, high }: { low: number; high: number }) => `95 % interval ${times(low)} to ${times(high)}`

const words: Record<Shown['verdict'], string> = {
  faster: 'More deployments since, and chance does not explain it',
  slower: 'Fewer deployments since, and chance does not explain it',
  'no difference shown': 'No difference is shown',
  'too little': 'Too little to say',
}

function Measured({ shown }: { shown: Shown }) {
  const { own, against, before, after, withheld, verdict, controls, controlRatio } = shown
  const isShown = own !== null && withheld.length === 0
  return (
    <>
      <Panel
        title={words[verdict]}
        note={`since ${formatDay(shown.adoptedAtMs)}, ${after.weeks} whole weeks`}
      >
        {isShown ? (
          <>
            <Stats>
              <Stat label="Since ÷ before" value={times(own.ratio)} detail={span(own)} />
              {against ? (
                <Stat
                  label="The same ÷ that of the controls"
                  value={times(against.ratio)}
                  detail={span(against)}
                />
              ) : (
                <Stat
                  label="The same ÷ that of the controls"
                  value="–"
                  detail="no other repository to compare with"
                />
              )}
              <Stat
                label="Controls, since ÷ before"
                value={controlRatio === null ? '–' : times(controlRatio)}
                detail={controls.join(', ')}
              />
              <Stat
                label="Changes that failed"
                value={after.changeFailRate === null ? '–' : formatPercent(after.changeFailRate)}
                detail={
                  before.changeFailRate === null ? '' : `${formatPercent(before.changeFailRate)} before`
                }
              />
              <Stat
                label="Commits a deployment"
                value={after.batchCommits === null ? '–' : after.batchCommits.toFixed(1)}
                detail={before.batchCommits === null ? '' : `${before.batchCommits.toFixed(1)} before`}
              />
            </Stats>
            <RatioPlot own={own} against={against} />
          </>
        ) : (
          <>
            <p>The ratio is not shown as a figure:</p>
            <ul>
              {withheld.map((why) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
          </>
        )}
      </Panel>
      <Panel
        title="Deployments a week"
        note={controls.length > 0 ? `line: mean of ${controls.join(', ')}` : 'no controls'}
      >
        <WeeksPlot shown={shown} />
      </Panel>
      <Panel title="Before and since" note="the five of DORA, and how large a deployment is; medians" flush>
        <DeliveryTable before={before} after={after} />
      </Panel>
    </>
  )
}
