import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { Log, ProcessorHandle, SinkHandle } from '@heavylift/streams'
import type { DemoSwitch } from '../samples/demo-switch.ts'
import type { FeedHealth } from './pipeline/ingest/feed-health.ts'
import type { Ingest } from './pipeline/ingest/ingest.ts'
import type { TagStore } from './events/store/tag-store.ts'
import type { EventsIn } from './pipeline/open-streams.ts'
import type { OutputHub } from './pipeline/hub/output-hub.ts'
import type { LiveConfig } from './config.ts'
import type { MatchStore } from './matches/match-store.ts'
import type { MappingStore } from './mappings/mapping-store.ts'
import type { GraphicsControl } from './graphics/control.ts'
import type { RecapSources } from './recap/recaps.ts'
import type { PictureHub } from './pipeline/pictures/picture-hub.ts'

export type LiveServices = CoreServices & StoreServices & ModelServices

/** What the routes stand on; `startLive` fills it. */
export interface LiveContext extends LiveServices {
  config: LiveConfig
  streams: Log
  ingest: Ingest
  health: FeedHealth
  matches: MatchStore
  /** How foreign feeds are read. */
  mappings: MappingStore
  tags: TagStore
  outputs: OutputHub
  pictures: PictureHub
  processors: readonly ProcessorHandle[]
  sink: SinkHandle
  demo: DemoSwitch
  /** Where events are kept; others on the database see them unless it is in files. */
  eventsIn: EventsIn
  recap: RecapSources
  /** What is on air. */
  control: GraphicsControl
  /** Deletes what is kept of a match; true when there was one. Its events stay in the log until retention removes them. */
  removeMatch(tenantId: string, matchId: string): Promise<boolean>
}
