import { HeavyliftError } from '@heavylift/core'

/** A driver that is not the project's own broke down: its program ended, did not answer or answered nonsense. A run ends as failed with it. */
export class DriverFailedError extends HeavyliftError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'driver-failed', message, cause })
  }
}
