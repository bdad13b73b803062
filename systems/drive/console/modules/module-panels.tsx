import { Empty, Panel, Stat, Stats } from '@heavylift/ui'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { comfort } from '../../src/driver/planning/comfort.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { seriesOf } from '../viewer/series.ts'
import { CurvesPlot, DotsPlot } from './curves-plot.tsx'
import type { Curve } from './frames.ts'
import { perceptionFigures } from './perception-figures.ts'
import { planningFigures } from './planning-figures.ts'
import { predictionFigures } from './prediction-figures.ts'
import { vehicleFigures } from './vehicle-figures.ts'
import styles from './module-panels.module.css'
import shared from '../shared.module.css'

const figure = (value: number, places = 2) => (Number.isFinite(value) ? value.toFixed(places) : '–')
const percent = (share: number) => (Number.isFinite(share) ? (100 * share).toFixed(1) : '–')

function Columns({ children }: { children: ReactNode }) {
  return <div className={styles['columns']}>{children}</div>
}

function NothingSaid({ recording, what }: { recording: Recording; what: string }) {
  return (
    <Empty title={`${recording.version} tells no ${what}`}>
      Only a stack does. Choose another version above, for example pdm.
    </Empty>
  )
}

const longitudinalLimits = [comfort.brakingMps2, comfort.accelerationMps2]
const lateralLimits = [-comfort.lateralMps2, comfort.lateralMps2]
const jerkLimits = [-comfort.jerkMps3, comfort.jerkMps3]
const yawLimits = [-comfort.yawRateRadps, comfort.yawRateRadps]

export function VehiclePanel({ recording }: { recording: Recording }) {
  const figures = useMemo(() => vehicleFigures(recording), [recording])
  const [longitudinal, lateral, jerk, yawRate] = useMemo(
    () =>
      [[figures.longitudinal], [figures.lateral], [figures.jerk], [figures.yawRate]] as [
        Curve[],
        Curve[],
        Curve[],
        Curve[],
      ],
    [figures],
  )
  return (
    <>
      <Stats>
        <Stat label="Within comfort" value={percent(figures.comfortableShare)} unit="% of the time" />
        <Stat label="Hardest braking" value={figure(figures.hardestBrakingMps2)} unit="m/s²" />
      </Stats>
      <Columns>
        <Panel title="Acceleration ahead" note="m/s²; dashed: comfort">
          <CurvesPlot
            curves={longitudinal}
            unit="m/s²"
            limits={longitudinalLimits}
            summary={`Acceleration over the run; hardest braking ${figure(figures.hardestBrakingMps2)} m/s².`}
          />
        </Panel>
        <Panel title="Acceleration sideways" note="m/s²; dashed: comfort">
          <CurvesPlot
            curves={lateral}
            unit="m/s²"
            limits={lateralLimits}
            summary="Sideways acceleration over the run."
          />
        </Panel>
        <Panel title="Jerk" note="m/s³; dashed: comfort">
          <CurvesPlot
            curves={jerk}
            unit="m/s³"
            limits={jerkLimits}
            summary="Change of acceleration over the run."
          />
        </Panel>
        <Panel title="Yaw rate" note="rad/s; dashed: comfort">
          <CurvesPlot curves={yawRate} unit="rad/s" limits={yawLimits} summary="Yaw rate over the run." />
        </Panel>
      </Columns>
    </>
  )
}

export function PerceptionPanel({ recording }: { recording: Recording }) {
  const figures = useMemo(() => perceptionFigures(recording), [recording])
  const counts = useMemo(() => [figures.there, figures.tracked, figures.wrong], [figures])
  const points = useMemo(
    () =>
      figures.errors
        .filter((_, at) => at % 7 === 0)
        .map(({ distanceM, errorM }) => ({ x: distanceM, y: errorM })),
    [figures],
  )
  if (figures.there.values.length === 0) return <NothingSaid recording={recording} what="tracks" />
  return (
    <>
      <Stats>
        <Stat label="Missed" value={percent(figures.missedShare)} unit="%" detail="of what was within 60 m" />
        <Stat label="Tracks of nothing" value={figure(figures.falsePerFrame)} unit="a step" />
        <Stat label="Error of place" value={figure(figures.meanErrorM)} unit="m" />
        <Stat label="NEES of place" value={figure(figures.nees)} detail="2 where covariances are right" />
        <Stat label="Changes of track" value={String(figures.idSwitches)} />
      </Stats>
      <Columns>
        <Panel title="Agents and tracks within 60 m" note="a step">
          <CurvesPlot
            curves={counts}
            unit="count"
            summary="Agents that were there, tracked, and tracks of nothing."
          />
        </Panel>
        <Panel title="Error against distance" note="every seventh match">
          <DotsPlot points={points} x="distance (m)" y="error (m)" summary="Error of place by distance." />
        </Panel>
        {figures.detections.length > 0 ? (
          <Panel title="Detections by sensor" note="over the run">
            <table className={shared['facts']}>
              <tbody>
                {figures.detections.map(({ sensor, count }) => (
                  <tr key={sensor}>
                    <th scope="row">{sensor}</th>
                    <td className="hl-number">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        ) : null}
      </Columns>
    </>
  )
}

export function PredictionPanel({ recording }: { recording: Recording }) {
  const figures = useMemo(() => predictionFigures(recording), [recording])
  const horizons = useMemo(
    () => figures.byHorizon.map(({ horizonS, meanErrorM }) => ({ x: horizonS, y: meanErrorM })),
    [figures],
  )
  const reliability = useMemo(
    () => figures.reliability.map(({ probability, rate, n }) => ({ x: probability, y: rate, n })),
    [figures],
  )
  if (figures.scored === 0) return <NothingSaid recording={recording} what="predictions" />
  return (
    <>
      <Stats>
        <Stat
          label="minADE"
          value={figure(figures.minAdeM)}
          unit="m"
          detail={`${figures.scored} predictions`}
        />
        <Stat label="minFDE" value={figure(figures.minFdeM)} unit="m" />
        <Stat label="Missed" value={percent(figures.missRate)} unit="%" detail="best end more than 2 m off" />
      </Stats>
      <Columns>
        <Panel title="Error of the best mode" note="m, by how far ahead">
          <DotsPlot points={horizons} x="ahead (s)" y="error (m)" isLine summary="Error by horizon." />
        </Panel>
        <Panel title="Reliability of the modes" note="dots with their counts">
          {reliability.length === 0 ? (
            <p className={shared['note']}>This predictor gives one mode a track.</p>
          ) : (
            <DotsPlot
              points={reliability}
              x="chance given"
              y="share that came nearest"
              diagonal
              summary="Chance given to modes against how often they came nearest."
            />
          )}
        </Panel>
      </Columns>
    </>
  )
}

export function PlanningPanel({ recording }: { recording: Recording }) {
  const figures = useMemo(() => planningFigures(recording), [recording])
  const chosen = useMemo(() => [figures.chosen], [figures])
  const followed = useMemo(() => [figures.followed], [figures])
  if (figures.proposals.values.length === 0) return <NothingSaid recording={recording} what="plans" />
  return (
    <>
      <Stats>
        <Stat
          label="Followed within"
          value={figure(figures.meanFollowErrorM)}
          unit="m"
          detail="after a second, mean"
        />
        <Stat label="Changes of mind" value={figure(figures.changesPerS, 1)} unit="a second" />
        <Stat label="Proposals" value={figure(Math.max(...figures.proposals.values), 0)} detail="at most" />
      </Stats>
      <Columns>
        <Panel title="Score of the chosen plan">
          <CurvesPlot curves={chosen} unit="score" summary="Score over the run." />
        </Panel>
        <Panel title="Plan against drive" note="m apart after a second">
          <CurvesPlot
            curves={followed}
            unit="m"
            summary={`Distance between plan and drive; mean ${figure(figures.meanFollowErrorM)} m.`}
          />
        </Panel>
      </Columns>
    </>
  )
}

const ttcLimits = [1.5]

export function SafetyPanel({ recording }: { recording: Recording }) {
  const series = useMemo(() => seriesOf(recording), [recording])
  const ttc = useMemo(
    () => [
      {
        name: 'TTC',
        timeS: series.timeS,
        values: series.ttcS.map((value) => (value > 10 ? NaN : value)),
      },
    ],
    [series],
  )
  const stepped = recording.frames.filter(
    ({ explanation }) => (explanation?.interventions.length ?? 0) > 0,
  ).length
  return (
    <>
      <Stats>
        <Stat label="Least time to collision" value={figure(Math.min(...series.ttcS))} unit="s" />
        <Stat label="Stepped in" value={figure(stepped * recording.stepS, 1)} unit="s of the run" />
        <Stat label="Interventions" value={String(series.interventions.length)} />
      </Stats>
      <Columns>
        <Panel title="Time to collision" note="s; under 1.5 s is dangerous; over 10 s is not drawn">
          <CurvesPlot curves={ttc} unit="s" limits={ttcLimits} summary="Time to collision over the run." />
        </Panel>
        <Panel title="When it stepped in, and why">
          {series.interventions.length === 0 ? (
            <p className={shared['note']}>It did not have to.</p>
          ) : (
            <ol className={shared['list']}>
              {series.interventions.map(({ timeS, words }) => (
                <li key={`${timeS} ${words}`}>
                  <span className="hl-number">{timeS.toFixed(2)} s</span> {words}
                </li>
              ))}
            </ol>
          )}
        </Panel>
      </Columns>
    </>
  )
}
