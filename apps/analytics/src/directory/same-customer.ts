/** The ids of a customer (`$1` the company) and of those that were merged into it, at whatever remove; a UNION ends where it began. */
export function sameCustomer(id: string): string {
  return `ARRAY(
    WITH RECURSIVE same(id) AS (
      SELECT ${id}::uuid
      UNION SELECT r.id FROM same s JOIN customer_refs r ON r.company_id = $1 AND r.merged_into_id = s.id
    ) SELECT id FROM same)`
}
