import { InvalidInputError } from '@heavylift/core'
import * as oauth from 'oauth4webapi'

/** A refusal in the words of OAuth 2 (`invalid_grant`, `authorization_pending` …), or another failure. */
export class OAuthRefusal extends InvalidInputError {
  readonly error: string
  constructor(error: string, message: string, cause?: unknown) {
    super({ code: 'oauth-refused', message, ...(cause === undefined ? {} : { cause }) })
    this.error = error
  }
}

/** Says what an authorization server refused in words that a person can do something with. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError)
      throw new OAuthRefusal(
        error.error,
        `The authorization server refuses: ${error.error}${error.error_description ? ` (${error.error_description.slice(0, 300)})` : ''}.`,
        error,
      )
    if (error instanceof oauth.WWWAuthenticateChallengeError)
      throw new OAuthRefusal(
        'invalid_client',
        'The authorization server refuses this client. Look at the client id and the client’s secret.',
        error,
      )
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError)
      throw new OAuthRefusal(
        'unusable',
        `What the authorization server answers cannot be used: ${error.message}.`,
        error,
      )
    throw error
  }
}
