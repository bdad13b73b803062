import type { DemoShow } from './demo.ts'

/** What the demo plays. */
export const demoShows: readonly DemoShow[] = []
