declare const brand: unique symbol;

/** A nominal type: a plain value that only its own door may mint. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A tenant. Minted by a door after it checked membership, a bot secret, a guest session or an API key; never from input. */
export type WorkspaceId = Brand<string, "WorkspaceId">;

/** A person with an account. Minted from a verified session or from a row of `users`. */
export type UserId = Brand<string, "UserId">;
