import type { MetricsTelemetry } from '@heavylift/core/runtime'
import type { RunningServer } from '@heavylift/server'
import type { InnerDoor, RelayToFirst } from '@heavylift/server/relay'
import { mergeMetrics } from './merge-metrics.ts'
import type { Member } from './processes.ts'

const doorTopic = 'process.door'
const wantDoorTopic = 'process.want-door'
const metricsQuestion = 'metrics'

/** Tells the supervisor that the server answers, and where the others bring what only the first answers. */
export function connectProcesses(member: Member, server: RunningServer, relay: RelayToFirst | null): void {
  if (relay) {
    member.hear(doorTopic, (door) => relay.setDoor(door as InnerDoor | null))
    member.tell(wantDoorTopic, null)
  } else {
    const tellDoor = () => member.tell(doorTopic, server.innerDoor)
    member.hear(wantDoorTopic, tellDoor)
    tellDoor()
  }
  member.isUp(server.port)
}

/** The metrics of all processes on one page, each sample with its process. */
export function metricsOfAll(telemetry: MetricsTelemetry, member: Member): MetricsTelemetry {
  const own = async () => ({ process: member.number, text: await telemetry.metrics() })
  member.answer(metricsQuestion, own)
  return {
    ...telemetry,
    async metrics() {
      const [mine, others] = await Promise.all([own(), member.gather(metricsQuestion)])
      const pages = [mine, ...(others as (typeof mine)[])]
      return mergeMetrics(pages.toSorted((a, b) => a.process - b.process))
    },
  }
}
