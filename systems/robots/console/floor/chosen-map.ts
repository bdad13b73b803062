/** A map as it is handed over from page to page. */
export interface ChosenMap {
  name: string
  text: string
}

/** The map that was read last, so that a question can be asked of it on another page. */
export const chosen: { map: ChosenMap | null } = { map: null }
