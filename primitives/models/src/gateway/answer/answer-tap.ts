import type { Answer } from '../../cache/answer.ts'
import { AnswerRecorder } from '../../cache/answer-recorder.ts'
import type { JsonObject, StreamDecoder } from '../../wire/codec.ts'

/** A longer answer is not listened to: it would be held in memory beside the client's. */
const maxBytes = 4 * 1024 * 1024

/** Puts together what one attempt answers, for whoever keeps or judges it. Never disturbs the answer itself. */
export class AnswerTap {
  readonly #beganMs = performance.now()
  readonly #recorder = new AnswerRecorder(this.#beganMs)
  #whole: Answer | null = null
  #bytes = 0
  #isLost = false

  /** The same decoder, listened to. */
  listen(decoder: StreamDecoder): StreamDecoder {
    return {
      push: (bytes) => {
        this.#bytes += bytes.length
        return this.#hear(decoder.push(bytes))
      },
      end: () => this.#hear(decoder.end()),
    }
  }

  /** For a stream that passes undecoded: what cannot be decoded is for the stream's own reader to tell. */
  listenBeside(decoder: StreamDecoder): { push(bytes: Buffer): void; end(): void } {
    const heard = this.listen(decoder)
    const quietly = (step: () => void) => {
      if (this.#isLost) return
      try {
        step()
      } catch {
        this.#isLost = true
      }
    }
    return { push: (bytes) => quietly(() => heard.push(bytes)), end: () => quietly(() => heard.end()) }
  }

  /** An answer in one piece. */
  body(body: JsonObject): void {
    this.#whole = { body, pieces: [], durationMs: performance.now() - this.#beganMs }
  }

  /** At the clean end; null when it could not be read. */
  answer(): Answer | null {
    return this.#isLost ? null : (this.#whole ?? this.#recorder.finish())
  }

  #hear(chunks: JsonObject[]): JsonObject[] {
    this.#isLost ||= this.#bytes > maxBytes
    if (!this.#isLost) for (const chunk of chunks) this.#recorder.push(chunk, performance.now())
    return chunks
  }
}
