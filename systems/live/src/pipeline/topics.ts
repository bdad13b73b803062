/** Feed events of every match, key `<tenant>/<match>`. */
export const feedTopic = 'live.feed'
/** What the processors say of them, under the same keys. */
export const outputTopic = 'live.out'
