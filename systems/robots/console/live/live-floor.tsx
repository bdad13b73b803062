import { Button, Switch } from '@mantine/core'
import {
  ActionButton,
  ErrorState,
  LiveMark,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatCount,
  formatNumber,
  useUrlState,
} from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Figures } from '../../src/live/frames.ts'
import { robotStates, zoneTypes } from '../../src/live/words.ts'
import { api } from '../api.ts'
import { FloorCanvas } from './floor-canvas.tsx'
import { AgesChart, ThroughputChart } from './floor-charts.tsx'
import type { CellBox } from './floor-view.ts'
import { RobotPanel } from './robot-panel.tsx'
import { StateShape } from './shape.tsx'
import { StopButton, StoppedBanner } from './stop-panel.tsx'
import type { Stopping } from './stop-panel.tsx'
import { StuckRobots } from './stuck-robots.tsx'
import { useFloor } from './use-playback.ts'
import type { Playback } from './use-playback.ts'
import { ZoneForm } from './zone-form.tsx'
import { ZoneList } from './zone-list.tsx'
import styles from './live.module.css'

const stopping: Stopping = {
  stop: (reason) => api.post('/floor/stop', { body: { reason } }),
  ask: () => api.post('/floor/stop/check'),
  release: (token, reason) => api.post('/floor/stop/release', { body: { token, reason } }),
}
const noWay: readonly number[] = []
/** Where a zone begins that is typed and not drawn. */
const firstBox: CellBox = { top: 20, left: 40, bottom: 30, right: 60 }
/** How many plugs one press pulls. */
const pulled = 50

/** The floor at work: what happens now, who is stuck, and what a person can do about it. */
export default function LiveFloorPage() {
  const { playback, figures, samples, step, range, stream } = useFloor()
  const [url, setUrl] = useUrlState({ robot: '', heat: 'off', draw: '' })
  const [box, setBox] = useState<CellBox | null>(null)
  const [way, setWay] = useState<readonly number[]>(noWay)
  const [painter, setPainter] = useState<'webgl2' | 'plain' | 'none' | null>(null)
  const chosen = url.robot === '' ? -1 : Number(url.robot)
  const choose = useCallback((robot: number) => setUrl({ robot: robot < 0 ? '' : String(robot) }), [setUrl])
  const showWay = useCallback((cells: readonly number[]) => setWay(cells.length === 0 ? noWay : cells), [])
  const unplugging = useMutation({
    mutationFn: () =>
      api.post('/floor/unplug', { body: { count: pulled, reason: 'Trial from the console' } }),
  })
  const mending = useMutation({
    mutationFn: () => api.post('/floor/mend', { body: { reason: 'Mended from the console' } }),
  })
  const floor = playback.history?.floor ?? null
  const isHeatShown = url.heat === 'on'
  return (
    <Page
      title="Live floor"
      lead={
        floor
          ? `${formatCount(floor.robots)} robots on a made floor of ${floor.rows} × ${floor.columns} cells, planned every step.`
          : 'Robots on a made floor, planned every step.'
      }
      actions={
        <>
          <LiveMark
            freshness={stream.state === 'live' ? 'live' : stream.state === 'offline' ? 'stale' : 'connecting'}
          />
          <ActionButton
            label="New zone"
            shortcut="z"
            variant="default"
            onAct={() => setBox(box ? null : firstBox)}
          />
          <ActionButton
            label={`Unplug ${pulled}`}
            shortcut="u"
            variant="default"
            loading={unplugging.isPending}
            onAct={() => unplugging.mutate()}
          />
          <StopButton stop={stopping.stop} />
        </>
      }
    >
      {figures?.isStopped ? <StoppedBanner reason={figures.stopReason} of={stopping} /> : null}
      {unplugging.isError ? <ErrorState error={unplugging.error} /> : null}
      {mending.isError ? <ErrorState error={mending.error} /> : null}
      {painter === 'plain' ? (
        <Notice tone="warn" title="Drawn without a graphics card">
          <p>
            This browser has no WebGL2, or none that is quick, so robots are plain squares that jump from step
            to step. Everything else works.
          </p>
        </Notice>
      ) : null}
      <div className={styles['desk']}>
        <div className={styles['main']}>
          <Panel
            title="Floor"
            note={
              box ? 'drag over the cells of the new zone' : 'drag to move, wheel to go nearer, click a robot'
            }
            flush
            actions={
              <Switch
                size="xs"
                label="Heat of waiting"
                checked={isHeatShown}
                onChange={(event) => setUrl({ heat: event.currentTarget.checked ? 'on' : 'off' })}
              />
            }
          >
            <div className={styles['picture']}>
              <FloorCanvas
                playback={playback}
                label={figures ? pictureWords(figures) : 'The floor is being made ready.'}
                zones={figures?.zones ?? noZones}
                isHeatShown={isHeatShown}
                isDrawing={box !== null}
                box={box}
                chosen={chosen}
                way={way}
                onBox={setBox}
                onChoose={choose}
                onPainter={setPainter}
                isForced={url.draw === 'webgl2'}
              />
              {figures ? null : (
                <p className={styles['waits']}>
                  The floor is being made ready: lanes are learned and ways measured.
                </p>
              )}
            </div>
            <Transport playback={playback} step={step} range={range} />
          </Panel>
          {figures && floor ? (
            <div className="hl-grid hl-grid-2">
              <Panel title="Throughput" note="tasks an hour, by the last 120 steps">
                <ThroughputChart samples={samples} goal={floor.goalPerHour} />
              </Panel>
              <Panel title="Age of open tasks" note="a step is a second on the floor">
                <AgesChart ages={figures.ages} />
              </Panel>
            </div>
          ) : null}
          {figures ? (
            <StuckRobots
              figures={figures}
              columns={floor?.columns ?? 1}
              onChoose={choose}
              onMend={() => mending.mutate()}
            />
          ) : null}
        </div>
        <div className={styles['side']}>
          {box ? (
            <Panel title="New zone" note="drag on the floor, or type">
              <ZoneForm
                box={box}
                types={zoneTypes}
                draw={(zone) => api.post('/floor/zones', { body: zone })}
                onBox={setBox}
                onDone={() => setBox(null)}
              />
            </Panel>
          ) : null}
          {figures && floor ? (
            <Now figures={figures} budgetMs={floor.budgetMs} goal={floor.goalPerHour} />
          ) : null}
          <RobotPanel robot={chosen} last={(floor?.robots ?? 1) - 1} onChoose={choose} onWay={showWay} />
          <Panel title="Zones" note="drawn by people">
            <ZoneList
              zones={figures?.zones ?? noZones}
              open={(id) =>
                api.post('/floor/zones/:id/open', {
                  params: { id },
                  body: { reason: 'Opened from the console' },
                })
              }
              empty={<p className="hl-dim">None. Press Z and drag over the floor.</p>}
            />
          </Panel>
        </div>
      </div>
    </Page>
  )
}

const noZones: Figures['zones'] = []

const pictureWords = ({ byState, zones, isStopped }: Figures): string =>
  `${isStopped ? 'The floor is stopped. ' : ''}Robots: ${byState.map((count, state) => `${count} ${robotStates[state]}`).join(', ')}. ${zones.length} zones.`

/** Live, or back in time: a slider over what was seen. */
function Transport({
  playback,
  step,
  range: [first, last],
}: {
  playback: Playback
  step: number
  range: readonly [first: number, last: number]
}) {
  const [, redraw] = useState(0)
  const change = (act: () => void) => () => {
    act()
    redraw((count) => count + 1)
  }
  const at = playback.isLive ? last : Math.floor(playback.at)
  return (
    <div className={styles['bar']}>
      <ActionButton
        label={playback.isPaused ? 'Play' : 'Pause'}
        shortcut=" "
        variant="default"
        onAct={change(() => {
          if (playback.isPaused) playback.isPaused = false
          else playback.goTo(playback.at)
        })}
      />
      <input
        type="range"
        aria-label="Step that is shown"
        aria-valuetext={`step ${at}`}
        min={first}
        max={Math.max(first, last)}
        value={at}
        onChange={(event) => {
          playback.goTo(Number(event.currentTarget.value))
          redraw((count) => count + 1)
        }}
      />
      <span className="hl-number hl-dim">
        step {formatCount(at)}
        {playback.isLive ? '' : ` of ${formatCount(step)}`}
      </span>
      <Button
        size="compact-md"
        variant="default"
        disabled={playback.isLive}
        onClick={change(() => playback.live())}
      >
        Now
      </Button>
    </div>
  )
}

function Now({ figures, budgetMs, goal }: { figures: Figures; budgetMs: number; goal: number }) {
  return (
    <>
      <Stats>
        <Stat
          label="Throughput"
          value={formatCount(figures.perHour)}
          unit="tasks/h"
          detail={`goal ${formatCount(goal)}`}
          {...(figures.perHour >= goal ? { tone: 'good' as const } : {})}
        />
        <Stat
          label="Plan"
          value={formatNumber(figures.planMs)}
          unit="ms"
          detail={`median, of ${formatNumber(budgetMs)} ms`}
          {...(figures.planMs > budgetMs ? { tone: 'warn' as const } : {})}
        />
        <Stat
          label="Deadlocks"
          value={formatCount(figures.deadlocksFound)}
          detail={`${formatCount(figures.deadlocksBroken)} broken`}
        />
        <Stat
          label="Charger queue"
          value={formatCount(figures.chargingQueue)}
          detail={`${formatCount(figures.late)} wait for a late one`}
        />
      </Stats>
      <Panel title="Robots by state">
        <ul className={styles['states']}>
          {robotStates.map((name, state) => (
            <li key={name}>
              <StateShape state={state} />
              <span>{name}</span>
              <span className="hl-number">{formatCount(figures.byState[state] ?? 0)}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
