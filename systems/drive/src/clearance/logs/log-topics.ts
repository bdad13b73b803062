/** Topics of the logs that are written here. */
export const topics = {
  /** Everything of a recording but its frames, once. */
  recording: '/heavylift/recording',
  /** Each frame with its exact numbers, so that nothing is lost. */
  frame: '/heavylift/frame',
  agents: '/agents',
  tracks: '/tracks',
  predictions: '/predictions',
  plans: '/plans',
  transform: '/tf',
  pose: '/ego/pose',
  log: '/log',
} as const

/** Name of the attachment with the roads. */
export const roadsAttachment = 'roads.xodr'
