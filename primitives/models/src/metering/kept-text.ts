import { redactText } from '@heavylift/core/runtime/redact'
import type { CallText } from './meter.ts'

const maxCharacters = 200_000

/** A prompt and its answer as they are kept: clipped, with what looks like a key blotted out. */
export function keptText({ request, answer }: CallText): CallText {
  return {
    request: redactText(request.slice(0, maxCharacters)),
    answer: redactText(answer.slice(0, maxCharacters)),
  }
}
