import { openDatabase } from '../../db/client.ts';
import { mailActivities } from './mail-support.ts';

/** A process of its own that sends one mail, so that a test can kill it. Arguments: database, its key, documents, SMTP, input. */
const [databaseUrl = '', personalDataKey = '', documentsDir = '', smtpUrl = '', input = ''] =
  process.argv.slice(2);
const { db } = openDatabase({ DATABASE_URL: databaseUrl, PERSONAL_DATA_KEY: personalDataKey }, 4);
await mailActivities(db, documentsDir, { url: smtpUrl }).sendMail(JSON.parse(input));
