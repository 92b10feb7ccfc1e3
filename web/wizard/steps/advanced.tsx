import { TextField } from '../fields/text-field.tsx';
import { StepPage } from './step-page.tsx';

export const Advanced = () => (
  <StepPage title="Anything else?" text="Both are for those who know why.">
    <TextField
      name="kernel_arguments"
      label="Kernel arguments"
      placeholder="console=ttyS0,115200"
      help="Separated by spaces, behind those that the ISO has."
    />
    <TextField
      name="ignition_config_override"
      label="Ignition override"
      rows={8}
      file
      placeholder={'{"ignition": {"version": "3.2.0"}, …}'}
      help="An Ignition config, merged in last: it can replace any file of the settings."
    />
  </StepPage>
);
