/** What the demo store calls itself while its products are the sample's. */
export const sampleStoreName = 'Northgate'

/** Questions that the sample answers well. */
export const sampleStarters = [
  'Red football boots for a child',
  'A coffee machine under $200',
  'Which running shoes are best in the rain?',
  'What were the ones I looked at before?',
]
