/** The tenant of who runs the installation. */
export const mainTenantId = 'main'
