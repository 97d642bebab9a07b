// A program of somebody who installed the library: one backup, from the request to the verified history.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fakeBorg } from '@borgledger/testkit/fake-borg'
import { createBorgledger } from 'borgledger'

const [folder] = process.argv.slice(2)
const by = { actor: 'user:anna' }
mkdirSync(join(folder, 'documents'), { recursive: true })
writeFileSync(join(folder, 'documents/letter.txt'), 'Dear reader\n')

const executable = await fakeBorg(join(folder, 'bin'), { kind: 'succeed' })
const ledger = await createBorgledger({ dataDir: join(folder, 'data') })
const laptop = { id: 'laptop', name: 'Laptop', location: join(folder, 'repository'), borg: { executable } }
const added = await ledger.addRepository({ ...laptop, create: { encryption: 'none' } }, by)
if (!added.ok) throw new Error(added.error.message)
const started = await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [join(folder, 'documents')] }, by)
if (!started.ok) throw new Error(started.error.message)
const end = await started.value.finished()
console.log(`${end.type} ${end.state}, ${end.outcome}; verified: ${(await ledger.verify()).ok}`)
await ledger.close()
