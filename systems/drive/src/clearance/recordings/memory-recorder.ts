import type { Driver } from '../../driver/driver.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import { agentKinds } from '../../world/scene/agent-table.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { CriterionFailure } from '../run/criterion.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Recording } from './recording.ts'

const routeSpacing = 4

/** Keeps a whole run in memory as a `Recording`. */
export class MemoryRecorder implements Recorder {
  readonly recording: Recording

  constructor(name: string, version: string, stepS: number) {
    this.recording = {
      name,
      version,
      stepS,
      ego: 0,
      environment: {
        illuminanceLux: 0,
        visualRangeM: 0,
        precipitation: 'none',
        precipitationMmPerH: 0,
        friction: 1,
      },
      agents: [],
      signals: [],
      route: [],
      frames: [],
      failures: [],
    }
  }

  begin(scene: Scene, route: ReferencePath): void {
    const { agents, signals, network } = scene
    const pose = new Float64Array(4)
    this.recording.ego = scene.ego
    this.recording.environment = { ...scene.environment }
    this.recording.signals = signals.heads.map((head) => {
      network.lanePose(head.road, head.lanes[0] ?? -head.direction, head.s, 0, pose)
      return { id: head.id, x: pose[0] as number, y: pose[1] as number, heading: pose[2] as number }
    })
    for (let index = 0; index < route.count; index += routeSpacing)
      this.recording.route.push(route.x[index] as number, route.y[index] as number)
    for (let row = 0; row < agents.count; row++)
      this.recording.agents.push({
        name: agents.names[row] as string,
        kind: agentKinds[agents.kind[row] as number] as AgentKind,
        lengthM: agents.lengthM[row] as number,
        widthM: agents.widthM[row] as number,
        heightM: agents.heightM[row] as number,
      })
  }

  frame(scene: Scene, driver: Driver | null): void {
    const { agents, signals } = scene
    const numbers: number[] = []
    for (let row = 0; row < agents.count; row++) {
      if (agents.isPresent[row] === 0) continue
      numbers.push(
        row,
        agents.x[row] as number,
        agents.y[row] as number,
        agents.heading[row] as number,
        agents.speedMps[row] as number,
        agents.accelerationMps2[row] as number,
        (agents.lights[row] as number) | ((agents.hasSiren[row] as number) << 8),
      )
    }
    this.recording.frames.push({
      timeS: scene.timeS,
      agents: numbers,
      signals: [...signals.state],
      explanation: driver?.explain?.() ?? null,
    })
  }

  end(failures: CriterionFailure[]): void {
    this.recording.failures = [...failures]
  }
}
