type Reach = { readonly email: string | null; readonly phone: string | null; readonly phoneRaw: string | null }

/** E-mail and phone of the survivor, or those of the merged one where it has none. A phone and its typing stay together. */
export function filledReach(survivor: Reach, merged: Reach): Reach {
  const { phone, phoneRaw } = survivor.phoneRaw === null ? merged : survivor
  return { email: survivor.email ?? merged.email, phone, phoneRaw }
}
