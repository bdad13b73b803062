/** Raised when stems, stop words or the ways of writing change: an index that was read with others is built again. */
export const languageVersion = '5'
