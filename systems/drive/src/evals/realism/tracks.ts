/** Steps of a second, those of the past before now, and those ahead at most: the times of Waymo's Sim Agents challenge. */
export const stepS = 0.1
export const pastSteps = 10
export const mostAhead = 80

/** Where agents are, frame by frame: the past, now (frame `pastSteps`), and what is ahead. Typed arrays by agent × `frames` + frame; metres, radians. */
export class Tracks {
  readonly agents: number
  readonly frames: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  readonly isThere: Uint8Array

  constructor(agents: number, frames: number) {
    this.agents = agents
    this.frames = frames
    this.x = new Float64Array(agents * frames)
    this.y = new Float64Array(agents * frames)
    this.heading = new Float64Array(agents * frames)
    this.isThere = new Uint8Array(agents * frames)
  }

  put(agent: number, frame: number, x: number, y: number, heading: number): void {
    const at = agent * this.frames + frame
    this.x[at] = x
    this.y[at] = y
    this.heading[at] = heading
    this.isThere[at] = 1
  }

  /** Takes over what of another was until now. */
  copyPast(from: Tracks): void {
    for (let agent = 0; agent < this.agents; agent++)
      for (let frame = 0; frame <= pastSteps; frame++) {
        const at = agent * from.frames + frame
        if (from.isThere[at] === 1)
          this.put(agent, frame, from.x[at] as number, from.y[at] as number, from.heading[at] as number)
      }
  }
}
