import type { ThreadPart } from '@heavylift/core/threads'
import { roundTo } from '@heavylift/core/math'
import type { RecordedRun } from '../suites/run-case.ts'

/** About so many characters a part: small enough for the event loop to pass on at once. */
const partLength = 256 * 1024

/**
 * A recorded run as JSON, in parts that are made when they are asked for. Pictures need no more than three places after the point, and are a third
 * of the size with them.
 */
export function* encodeRun(run: RecordedRun): Generator<ThreadPart> {
  const encoder = new TextEncoder()
  let text = ''
  for (const piece of piecesOf(run)) {
    text += piece
    if (text.length < partLength) continue
    yield encoder.encode(text)
    text = ''
  }
  yield encoder.encode(text)
}

function* piecesOf({ result, recording, map }: RecordedRun): Generator<string> {
  const { frames, ...head } = recording
  yield `{"result":${json(result)},"map":${json(map)},"recording":{${json(head).slice(1, -1)},"frames":[`
  for (const [index, frame] of frames.entries()) yield (index === 0 ? '' : ',') + json(frame)
  yield ']}}'
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'number' ? roundTo(inner, 3) : inner,
  )
}
