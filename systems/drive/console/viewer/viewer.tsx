import { Button } from '@mantine/core'
import { Empty, ErrorState, Loaded, Page, useUrlState } from '@heavylift/ui'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { RecordedRun } from '../api.ts'
import { chosenScenario, firstScenario } from './first-scenario.ts'
import { ScenarioForm } from './scenario-form.tsx'
import { Theatre } from './theatre.tsx'
import { useCaseRun, useKeptRun, useRun, useScenarios, useVersions } from './use-runs.ts'

/** A scenario as it is driven: by one version, or by two in step. */
export default function Viewer() {
  const [url, setUrl] = useUrlState({
    scenario: '',
    set: '',
    seed: '1',
    version: '',
    against: '',
    recording: '',
    clearance: '',
    case: '',
    t: '',
    cam: 'top',
  })
  const scenarios = useScenarios()
  const versions = useVersions()
  const titles = new Map(scenarios.data?.scenarios.map(({ name, title }) => [name, title]))
  const names = versions.data?.versions.map(({ name }) => name) ?? []
  const choice = {
    ...chosenScenario(url),
    seed: url.seed,
    version: url.version === '' ? (names.includes('pdm') ? 'pdm' : 'idm') : url.version,
    against: url.against,
  }
  const isCase = url.clearance !== '' && url.case !== ''
  const isKept = url.recording !== '' || isCase
  const sent = useKeptRun(url.recording)
  const again = useCaseRun(url.clearance, url.case, url.version)
  const againstAgain = useCaseRun(url.clearance, url.against === '' ? '' : url.case, url.against)
  const kept = isCase ? again : sent
  const first = useRun(choice, !isKept && versions.isSuccess)
  const second = useRun({ ...choice, version: choice.against }, !isKept && choice.against !== '')
  const shown = isKept ? kept : first
  const beside =
    choice.against === '' ? undefined : isCase ? againstAgain.data : isKept ? undefined : second.data
  const runs = useMemo(
    () => [shown.data, beside].filter((run): run is RecordedRun => run !== undefined),
    [shown.data, beside],
  )
  const form =
    scenarios.data && versions.data && !isKept ? (
      <ScenarioForm
        scenarios={scenarios.data.scenarios}
        versions={versions.data.versions}
        choice={choice}
        onChange={(change) => setUrl({ ...chosenScenario(url), ...change, t: '' })}
      />
    ) : null
  return (
    <Page
      title={`Viewer: ${isKept ? (kept.data?.recording.name ?? 'recorded run') : (titles.get(choice.scenario) ?? choice.scenario)}`}
      lead="What happened, what the driver saw and thought, and what it would have done otherwise."
      actions={
        isKept ? (
          <Button size="compact-sm" variant="default" component={Link} to={'/drive/scenarios' as '/'}>
            Built-in scenarios
          </Button>
        ) : null
      }
    >
      {second.isError && choice.against !== '' ? <ErrorState error={second.error} /> : null}
      {!isKept && scenarios.data?.scenarios.length === 0 ? (
        <Empty title="No scenario yet">
          Show a file of your own with <span className="hl-code">npx heavylift drive view FILE.xosc</span>.
        </Empty>
      ) : (
        <Loaded of={shown} what="Driving the scenario">
          {() => (
            <Theatre
              runs={runs}
              atS={url.t === '' ? NaN : Number(url.t)}
              beginS={!isKept && url.scenario === '' ? firstScenario.beginS : 0}
              camera={url.cam === 'chase' ? 'chase' : 'top'}
              onCamera={(cam) => setUrl({ cam })}
              onPause={(timeS) => setUrl({ t: timeS.toFixed(2) })}
              side={form}
            />
          )}
        </Loaded>
      )}
      {shown.isError ? form : null}
    </Page>
  )
}
