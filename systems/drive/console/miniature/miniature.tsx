import { Empty, Skeleton } from '@heavylift/ui'
import type { MiniatureProps } from '@heavylift/ui'
import { useMemo } from 'react'
import { Replay } from '../viewer/replay.ts'
import { firstLook, SceneView } from '../viewer/scene-view.tsx'
import type { Layers } from '../viewer/thoughts-layer.ts'
import { usePlayHead } from '../viewer/use-play-head.ts'
import { useRun, useScenarios } from '../viewer/use-runs.ts'
import { useLoop } from './use-loop.ts'
import styles from './miniature.module.css'

const layers: Layers = {
  route: true,
  sensors: false,
  detections: false,
  tracks: false,
  predictions: true,
  plans: true,
}

/** A scenario as the own stack drives it, again and again. */
export default function DriveMiniature({ picture }: MiniatureProps) {
  const wanted = (picture as { scenario?: string } | null | undefined)?.scenario
  const scenarios = useScenarios()
  const names = scenarios.data?.scenarios.map(({ name }) => name) ?? []
  const scenario = names.find((name) => name === wanted) ?? names[0] ?? ''
  const run = useRun({ scenario, set: '', seed: '1', version: 'pdm' }, picture !== undefined)
  const replay = useMemo(() => (run.data ? new Replay(run.data.recording) : null), [run.data])
  const { head } = usePlayHead(replay?.durationS ?? 0)
  useLoop(head, replay !== null)
  return (
    <div className={styles['mini']}>
      {run.data && replay ? (
        <SceneView
          run={run.data}
          replay={replay}
          head={head}
          look={{ ...firstLook, scale: 4.5 }}
          onLook={() => {}}
          layers={layers}
          chosen={-1}
          onChoose={() => {}}
        />
      ) : run.isError ? (
        <Empty title="No picture">The scenario could not be driven.</Empty>
      ) : (
        <Skeleton lines={3} what="Driving a scenario" />
      )}
    </div>
  )
}
