import { openDatabase } from '../../db/client.ts';
import { mailActivities } from './mail-support.ts';

/** A process of its own that sends one mail, so that a test can kill it. Arguments: database, documents, SMTP, input. */
const [databaseUrl = '', documentsDir = '', smtpUrl = '', input = ''] = process.argv.slice(2);
const { db } = openDatabase(databaseUrl, 4);
await mailActivities(db, documentsDir, { url: smtpUrl }).sendMail(JSON.parse(input));
