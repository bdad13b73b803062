import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Page, Panel, Skeleton, StaleBanner, LiveMark } from '@heavylift/ui'
import { useGateway } from '../use-gateway.ts'
import type { GatewaySnapshot } from '../../src/metering/gateway-snapshot.ts'
import { isSampleModel } from '../../src/table/sample-names.ts'
import { FirstSteps, KeyNotice } from '../first/first-steps.tsx'
import { useFirstSteps } from '../first/use-first-steps.ts'
import { SampleNotice } from '../sample-notice.tsx'
import { Figures } from './figures.tsx'
import { Lanes } from './lanes.tsx'
import { NoModels } from './no-models.tsx'
import { ServedModels } from './served-models.tsx'
import { Troubles } from './troubles.tsx'
import '../models-console.css'

/** The gateway now: every call in flight, where it runs, and what goes wrong. */
export default function Overview() {
  const { snapshot, freshness, lastAtMs } = useGateway()
  const first = useFirstSteps()
  const served = snapshot?.models.map(({ name }) => name).filter((name) => !isSampleModel(name)) ?? []
  return (
    <Page
      title="Models"
      lead="Every model call: where it runs, how long it takes, what it costs."
      actions={
        <>
          <LiveMark freshness={freshness} />
          <Button component={Link} to="/models/playground" variant="default">
            Playground
          </Button>
        </>
      }
    >
      {freshness === 'stale' ? <StaleBanner sinceMs={lastAtMs} /> : null}
      {snapshot === null || first.isLoading ? (
        <>
          <div className="models-figures-space">
            <Skeleton lines={2} what="Waiting for the first picture" />
          </div>
          <Panel title="Replicas" flush>
            <Skeleton lines={10} what="Waiting for the first picture" />
          </Panel>
        </>
      ) : (
        <>
          {snapshot.hasSample ? <SampleNotice /> : null}
          {first.isOpen ? (
            <FirstSteps models={served} onBegin={first.open} onDone={first.close} />
          ) : served.length === 0 ? (
            <NoModels />
          ) : first.hasKey ? null : (
            <KeyNotice onOpen={first.open} />
          )}
          {snapshot.models.length > 0 ? <Now snapshot={snapshot} /> : null}
        </>
      )}
    </Page>
  )
}

function Now({ snapshot }: { snapshot: GatewaySnapshot }) {
  return (
    <>
      <Figures snapshot={snapshot} />
      <Lanes snapshot={snapshot} />
      <div className="hl-grid hl-grid-main">
        <ServedModels models={snapshot.models} />
        <Troubles snapshot={snapshot} />
      </div>
    </>
  )
}
