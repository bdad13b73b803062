/** A player on the field during a play. */
export interface PlayPlayer {
  id: string
  name: string
  jersey: number | null
  isOffence: boolean
  position: string
  group: string
}
