import type { HubEntry } from '../pipeline/hub/output-hub.ts'
import type { InsightMessage } from './answers.ts'

/** What the feed of insights tells of an output: by SSE under its `type` as event name, by WebSocket whole. */
export function insightMessage(entry: HubEntry): InsightMessage {
  return { cursor: entry.cursor, ...entry.output }
}
