import { SegmentedControl } from '@mantine/core'
import { Chip, Panel, cx } from '@heavylift/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { RecordedRun } from '../api.ts'
import { AgentFacts } from './agent-facts.tsx'
import { LayerMenu } from './layer-menu.tsx'
import { Replay } from './replay.ts'
import { outcomeWords, endingOf } from './run-words.ts'
import { firstLook, SceneView } from './scene-view.tsx'
import type { Look } from './scene-view.tsx'
import { seriesOf } from './series.ts'
import { StripChart } from './strip-chart.tsx'
import type { StripLine } from './strip-chart.tsx'
import type { Layers } from './thoughts-layer.ts'
import { Transport } from './transport.tsx'
import type { TimeMark } from './transport.tsx'
import { usePlayHead } from './use-play-head.ts'
import { weatherWords } from './weather-layer.ts'
import shared from '../shared.module.css'
import styles from './theatre.module.css'

const firstLayers: Layers = {
  route: true,
  sensors: false,
  detections: true,
  tracks: true,
  predictions: true,
  plans: true,
}

/** More are on the scrubber only. */
const mostInterventions = 12

/** A time to collision above it is not drawn, in seconds. */
const mostTtcS = 8

/** Time to collision under which it is dangerous, in seconds. */
const dangerTtcS = 1.5

const endingMarks = {
  passed: { tone: 'good', words: '✓ passed' },
  failed: { tone: 'bad', words: '✕ failed' },
  struck: { tone: 'warn', words: '→ struck' },
} as const

/** One run, or two in step: picture, time, what happened, and what stands in figures. */
export function Theatre({
  runs,
  atS,
  beginS = 0,
  camera,
  onCamera,
  onPause,
  side,
}: {
  /** One or two. */
  runs: RecordedRun[]
  /** Where the address says to begin; NaN: play from the start. */
  atS: number
  /** Where it begins to play otherwise. */
  beginS?: number
  camera: Look['camera']
  onCamera: (camera: Look['camera']) => void
  /** Told where it was paused or moved to, so that the address can say it. */
  onPause: (timeS: number) => void
  side?: ReactNode
}) {
  const replays = useMemo(() => runs.map(({ recording }) => new Replay(recording)), [runs])
  const series = useMemo(() => runs.map(({ recording }) => seriesOf(recording)), [runs])
  const endS = Math.max(...replays.map(({ durationS }) => durationS))
  const stepS = runs[0]?.recording.stepS ?? 0.05
  const { head, timeS, isPlaying, refresh } = usePlayHead(endS)
  const [look, setLook] = useState<Look>({ ...firstLook, camera })
  const [layers, setLayers] = useState(firstLayers)
  const [chosen, setChosen] = useState(-1)

  // Only when another run is shown: afterwards the person leads, and the address follows.
  const asked = useRef({ atS, beginS })
  asked.current = { atS, beginS }
  useEffect(() => {
    const nowMs = performance.now()
    const { atS, beginS } = asked.current
    if (Number.isNaN(atS)) {
      head.seek(beginS, nowMs)
      if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) head.play(nowMs)
    } else {
      head.pause(nowMs)
      head.seek(atS, nowMs)
    }
  }, [head, runs])

  const changed = () => {
    refresh()
    if (!head.isPlaying) onPause(head.timeS(performance.now()))
  }
  const goTo = (toS: number) => {
    head.pause(performance.now())
    head.seek(toS, performance.now())
    changed()
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.closest('input, select, textarea, button'))
        return
      const nowMs = performance.now()
      const at = head.timeS(nowMs)
      if (event.key === ' ') {
        if (head.isPlaying) head.pause(nowMs)
        else head.play(nowMs)
      } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
        head.pause(nowMs)
        head.seek(at + (event.key === 'ArrowRight' ? 1 : -1) * (event.shiftKey ? 1 : stepS), nowMs)
      } else if (event.key === 'c') {
        onCamera(look.camera === 'top' ? 'chase' : 'top')
        setLook({ ...look, camera: look.camera === 'top' ? 'chase' : 'top' })
      } else return
      event.preventDefault()
      changed()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  const lines = (read: (one: (typeof series)[number]) => number[]): StripLine[] =>
    series.map((one, index) => ({
      label: runs[index]?.recording.version ?? '',
      timeS: one.timeS,
      values: read(one),
      tone: index === 0 ? 'accent' : 'second',
    }))
  const most = (values: number[][]) => Math.max(1, ...values.flat().filter(Number.isFinite))
  const marks = runs.flatMap(({ recording }, index) => {
    const who = runs.length > 1 ? `${recording.version}: ` : ''
    return [
      ...recording.failures.map((failure) => ({
        timeS: failure.timeS,
        words: `${who}${failure.detail}`,
        tone: 'bad' as const,
      })),
      ...(series[index]?.interventions ?? []).map(({ timeS: at, words }) => ({
        timeS: at,
        words: `${who}${words}`,
        tone: 'warn' as const,
      })),
    ]
  })
  const speeds = lines((one) => one.speedMps.map((speed) => speed * 3.6))
  return (
    <div className={styles['theatre']}>
      <div className={styles['theatreMain']}>
        <div className={styles['bar']}>
          <SegmentedControl
            size="xs"
            aria-label="Camera"
            data={[
              { value: 'top', label: 'From above' },
              { value: 'chase', label: 'From behind' },
            ]}
            value={look.camera}
            onChange={(value) => {
              const next = value === 'chase' ? 'chase' : 'top'
              setLook({ ...look, camera: next })
              onCamera(next)
            }}
          />
          <LayerMenu layers={layers} onChange={setLayers} />
        </div>
        <div className={styles['screens']} data-count={runs.length}>
          {runs.map((run, index) => {
            const replay = replays[index]
            if (!replay) return null
            const weather = weatherWords(run.recording.environment)
            return (
              <figure key={`${run.recording.version} ${index}`} className={styles['screen']}>
                <SceneView
                  run={run}
                  replay={replay}
                  head={head}
                  look={look}
                  onLook={setLook}
                  layers={layers}
                  chosen={chosen}
                  onChoose={setChosen}
                />
                <figcaption>
                  <b>{run.recording.version}</b>
                  <Chip tone={endingMarks[endingOf(run.recording)].tone}>
                    {endingMarks[endingOf(run.recording)].words}
                  </Chip>
                  {weather === '' ? null : <span>{weather}</span>}
                  <Now replay={replay} timeS={timeS} />
                </figcaption>
              </figure>
            )
          })}
        </div>
        <Transport
          head={head}
          timeS={timeS}
          endS={endS}
          stepS={stepS}
          isPlaying={isPlaying}
          marks={marks}
          onChange={changed}
        />
        {series.some(({ ttcS }) => ttcS.some((value) => value <= mostTtcS)) ? (
          <StripChart
            title="Time to collision"
            unit="s"
            lines={lines((one) => one.ttcS)}
            endS={endS}
            most={mostTtcS}
            dangerBelow={dangerTtcS}
            atS={timeS}
          />
        ) : (
          <p className={shared['note']}>
            Nobody was on a course to collide with it within {mostTtcS} s, so there is no time to collision to
            draw.
          </p>
        )}
        <StripChart
          title="Speed"
          unit="km/h"
          lines={speeds}
          endS={endS}
          most={Math.ceil(most(speeds.map(({ values }) => [...values])) / 10) * 10}
          atS={timeS}
        />
        <StripChart
          title="Acceleration"
          unit="m/s²"
          lines={lines((one) => one.accelerationMps2)}
          endS={endS}
          least={-10}
          most={5}
          atS={timeS}
        />
      </div>
      <div className={styles['theatreSide']}>
        <Panel title="What happened">
          {runs.map(({ recording, result }, index) => (
            <div key={`${recording.version} ${index}`} className={styles['happened']}>
              <p>
                {runs.length > 1 ? <b>{recording.version}: </b> : null}
                {outcomeWords(recording, result)}
              </p>
              <ul>
                {recording.failures.map(({ timeS: atS, detail }) => (
                  <Moment key={`${atS} ${detail}`} timeS={atS} words={detail} tone="bad" onGo={goTo} />
                ))}
                {(series[index]?.interventions ?? []).slice(0, mostInterventions).map((one) => (
                  <Moment key={`${one.timeS} ${one.words}`} {...one} tone="warn" onGo={goTo} />
                ))}
              </ul>
              {result ? <p className={cx(shared['note'], 'hl-code')}>states {result.digest}</p> : null}
            </div>
          ))}
        </Panel>
        {side}
        {replays[0] ? <AgentFacts replay={replays[0]} timeS={timeS} chosen={chosen} /> : null}
      </div>
    </div>
  )
}

/** Something that happened, and the way to it. */
function Moment({
  timeS,
  words,
  tone,
  onGo,
}: TimeMark & {
  onGo: (timeS: number) => void
}) {
  return (
    <li data-tone={tone}>
      <button type="button" onClick={() => onGo(timeS)}>
        {timeS.toFixed(2)} s
      </button>{' '}
      {words}
    </li>
  )
}

/** Speed of the vehicle under test, large. */
function Now({ replay, timeS }: { replay: Replay; timeS: number }) {
  const frame = replay.frameAt(timeS)
  const at = frame.agents.findIndex((value, index) => index % 7 === 0 && value === replay.recording.ego)
  const speed = at < 0 ? 0 : (frame.agents[at + 4] ?? 0)
  return (
    <span className={cx(styles['now'], 'hl-number')}>
      <b>{(speed * 3.6).toFixed(0)}</b> km/h
    </span>
  )
}
